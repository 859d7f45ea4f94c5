"""The review desk and its store.

`store` is what flows and the command line call; `workflow` is what people do, and who may;
`memory` remembers approved text; `accounts` are the people. Needs Django set up
(`yibao.web.setup.setup_django`).
"""

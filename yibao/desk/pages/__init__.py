"""What the desk's pages show and offer; the views only ask for it and answer.

`queue` lists what waits, `worksheet` is a translation under work with its `notices`, `buttons`
are the decisions that a person may take there and `forms` what they say with them; `history`,
`preview` and `wording` are what their names say.
"""

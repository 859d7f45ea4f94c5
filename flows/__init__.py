"""Prefect flows, thin: order, retries, limits, artifacts.

Each flow calls one stage of `yibao.stages`; nothing here would be worth a test without Prefect.
All flows need the newsroom's folder: the working directory, or YIBAO_ROOT.
"""

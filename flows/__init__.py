"""Prefect flows over `cleaners.batch`: the same work, scheduled, retried and watched.

The flows pass paths, never page texts, and write the same bytes as `winnow clean`.
"""

"""On Record: who is quoted in the news, what they say, and about what.

Nothing heavy is loaded by `import analysis`; the public names below are resolved when used.
"""

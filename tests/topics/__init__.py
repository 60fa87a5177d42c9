"""Tests of analysis.topics."""

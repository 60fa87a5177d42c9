"""Tests of analysis.corrections."""

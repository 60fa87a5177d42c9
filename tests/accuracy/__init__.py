"""Tests of the accuracy stage."""

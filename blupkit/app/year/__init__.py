"""The activities of the year with what was measured: where their room meets the others."""

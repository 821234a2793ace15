"""How long tests wait for what must come: so long that a machine with ten times as much to do passes them all."""

PATIENCE = 200  # seconds until a test gives up; less than pytest's own limit, so that it says what it waited for
AT_ONCE = 30  # seconds for what takes none but where it waits for something that never comes

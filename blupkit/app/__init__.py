"""Where the rooms meet: deciding, checking and packing; asked by the command line and by notebooks."""

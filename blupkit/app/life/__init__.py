"""The life of the data: what lies where and until when, taking a person out, deleting what is past its date."""

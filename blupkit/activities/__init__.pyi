from .checks import check_activities as check_activities
from .events import plan_events as plan_events
from .reading import Activities as Activities
from .reading import read_activities as read_activities
from .speaking import speaker_notes as speaker_notes

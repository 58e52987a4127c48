from .checks import check_activities as check_activities
from .reading import Activities as Activities
from .reading import read_activities as read_activities

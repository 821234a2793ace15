"""Links to a step of a lesson, which others open it with: a command line."""

from shlex import join

from model.lessons.lesson import Lesson, Step
from model.lessons.lesson_folder import OWN_LESSONS
from model.lessons.lesson_place import LessonPlace


def step_command(lesson: Lesson, step: Step) -> str:
    """Write the shell command that opens the window on a step; with the folder where that is not this program's."""
    folder = lesson.path.parent
    own = folder == OWN_LESSONS
    place = LessonPlace(lesson.number if own and lesson.number else lesson.key, lesson.steps.index(step) + 1)
    return join(["python3", "run.py", "lesson", str(place), *([] if own else ["--folder", str(folder.resolve())])])

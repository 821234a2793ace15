"""The command `fork`: trains a branch of a saved run without a window."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.base.files import check_target
from model.base.params import params
from model.cli.command import HeadlessCommand, PrintText
from model.cli.options import Forking
from model.cli.run_lookup import found_run
from model.config.every_setting import every_setting
from model.config.option_parser import OptionParser, config_of, parsed
from model.config.recipe import Recipe
from model.history.checkpoints import Checkpoint

CHANGING = [setting for setting in every_setting() if not setting.shared_with_branch]


@dataclass(frozen=True)
class Fork(HeadlessCommand):
    """The command `fork`: `which` names the parent run, `given` has the changed settings as text."""

    which: str
    forking: Forking
    given: Mapping[str, str]

    def run(self) -> int:
        """Train and print the branch; returns the exit code, raises InputError."""
        from model.cli.headless import train

        recipe, checkpoint = self.branch()
        return train(recipe, as_json=self.forking.json, save=self.forking.save, checkpoint=checkpoint)

    def branch(self) -> tuple[Recipe, Checkpoint | None]:
        """The branch's recipe, and the parent's checkpoint at its first iteration if one is kept; raises InputError."""
        with found_run(self.which, self.forking.library) as (library, listing, _):
            run_log = library.load(listing.id)
        parent = listing.recipe.changed(run_log.changes)
        at = run_log.iteration if self.forking.at is None else self.forking.at
        made = parent.branched(at, self.forking.scale)
        made = replace(made, config=config_of(self.given, made.config), changes=self.forking.change)
        kept = run_log.history.weights.at(at)
        return made, kept if kept and kept.iteration == at else None


def parse(arguments: list[str]) -> PrintText | Fork:
    """Parse the arguments of `fork`; raises InputError."""
    parser = OptionParser("fork", "Trains a branch of a run, which begins with the run's weights.", "RUN ")
    parser.add_argument("run", metavar="RUN", help="A run as `runs` names it, or a .layerscope file.")
    parser.offer(params(Forking))
    parser.offer(CHANGING)
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    forking = Forking(**parsed(params(Forking), given))
    if forking.save:
        check_target(forking.save)  # now, not after minutes of training
    settings = {setting.name for setting in CHANGING}
    return Fork(given["run"], forking, {name: text for name, text in given.items() if name in settings})

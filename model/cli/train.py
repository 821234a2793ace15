"""The command `train`: trains a run without a window."""

from dataclasses import dataclass
from pathlib import Path

from model.base.files import check_target
from model.base.params import params
from model.cli.command import HeadlessCommand, PrintText
from model.cli.options import Training
from model.config.option_parser import RUN_SETTINGS, OptionParser, config_of, parsed
from model.config.recipe import Recipe


@dataclass(frozen=True)
class Train(HeadlessCommand):
    """The command `train`: print `recipe` as it trains, as JSON or as a table, and write it to `save`."""

    recipe: Recipe
    as_json: bool
    save: Path | None = None

    def run(self) -> int:
        """Train and print the run; returns the exit code, raises InputError."""
        from model.cli.headless import train

        return train(self.recipe, as_json=self.as_json, save=self.save)


def parse(arguments: list[str]) -> PrintText | Train:
    """Parse the arguments of `train`; raises InputError."""
    parser = OptionParser("train", "Trains without a window; progress goes to stderr, results to stdout.")
    parser.offer(RUN_SETTINGS)
    parser.offer(params(Training))
    if parser.asked_for_help(arguments):
        return PrintText(parser.format_help().rstrip())
    given = parser.read(arguments)
    output = Training(**parsed(params(Training), given))
    if output.save:
        check_target(output.save)  # now, not after minutes of training
    return Train(Recipe(config_of(given), output.branch, output.change), output.json, output.save)

"""Build step: `cli.py` at the top of the repository is the module `dateline.cli`."""

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildPy(build_py):
    """Takes `dateline.cli` from its real place, where a checkout may have no symbolic links."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        """Return (package, module, file) of each module of a package."""
        modules = super().find_package_modules(package, package_dir)
        return [
            (name, module, "cli.py" if (name, module) == ("dateline", "cli") else file)
            for name, module, file in modules
        ]


setup(cmdclass={"build_py": BuildPy})

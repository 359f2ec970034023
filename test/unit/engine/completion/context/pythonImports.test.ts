import { describeImports, lines, type ImportCase } from './support/importCase.js';

const CASES: readonly ImportCase[] = [
  {
    behaviour: 'Python: relative and absolute imports, attributes of __init__, submodules',
    files: {
      'pyproject.toml': '',
      'app/models.py': lines(
        'from dataclasses import dataclass',
        'MAX_SIZE = 10',
        '@dataclass',
        'class Point:',
        '    """A point."""',
        '    x: int',
        '    y: int = 0',
        '    def move(self, by: "Point") -> None:',
        '        pass',
        'class User(Base):',
        '    def __init__(self, name: str, age=1):',
        '        self.name = name',
        '        self.tags = []',
        '        self._secret = 1',
        '    @property',
        '    def label(self) -> str:',
        '        return self.name',
        '    def _hidden(self): pass',
        'def unused(): pass',
      ),
      'app/tools/__init__.py': 'from .text import clean\n',
      'app/tools/text.py':
        'async def clean(\n    value: str,  # what\n    *, lower: bool = True,\n) -> str:\n    return value\n',
      'app/tools/numbers.py': 'def add(a, b): return a + b\ndef _hidden(): pass\n',
    },
    at: [
      'app/main.py',
      'from .models import Point, User, MAX_SIZE\nfrom app.tools import clean, numbers\nimport os\n▮',
    ],
    shown: {
      'app/models.py': lines(
        'MAX_SIZE = 10',
        '@dataclass',
        'class Point:',
        '    x: int',
        '    y: int = 0',
        '    def move(self, by: "Point") -> None: ...',
        'class User(Base):',
        '    name: str',
        '    self.tags = []',
        '    self._secret = 1',
        '    def __init__(self, name: str, age=1): ...',
        '    @property',
        '    def label(self) -> str: ...',
        '    def _hidden(self): ...',
      ),
      'app/tools/text.py': 'async def clean(value: str, *, lower: bool = True) -> str: ...',
      'app/tools/numbers.py': 'def add(a, b): ...\ndef _hidden(): ...',
    },
  },
];

describe('context from imports in Python', () => describeImports(CASES));

import type { Instruction } from './instruction.js';

const python = (instruction: string, text: string, program: string): Instruction => ({
  languageId: 'python',
  instruction,
  text,
  program,
});

const CLAMP = 'def clamp(value, low, high):\n    return max(low, min(value, high))\n';
const MEAN = 'def mean(values):\n    return sum(values) / len(values)\n';
const SQUARES =
  'def squares(numbers):\n    result = []\n    for n in numbers:\n        result.append(n * n)\n    return result\n';
const AREA = 'def area(radius):\n    return 3.14159 * radius * radius\n';
const GREET = "def greet(name):\n    return 'Hello, ' + name + '!'\n";
const FIND =
  'def find(items, wanted):\n    for i in range(len(items)):\n        if items[i] == wanted:\n            return i\n    return -1\n';
const READ =
  'def read_lines(path):\n    f = open(path)\n    lines = f.readlines()\n    f.close()\n    return lines\n';
const FETCH = "def load(fetch, url):\n    data = fetch(url)\n    return data['items']\n";
const POINT =
  'class Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n\n    def norm(self):\n        return (self.x ** 2 + self.y ** 2) ** 0.5\n';
const IMPORTS = 'import sys\nimport os\nimport json\nimport abc\n';
const GRADE =
  "def grade(score):\n    if score >= 90:\n        return 'A'\n    if score >= 80:\n        return 'B'\n    return 'C'\n";
const COUNT =
  'def count_words(text):\n    counts = {}\n    for word in text.split():\n        if word in counts:\n            counts[word] += 1\n        else:\n            counts[word] = 1\n    return counts\n';
/** The comment is the only text outside ASCII. */
const COMMENT = '# 计算两个数的和\ndef add(a, b):\n    return a + b\n';
/** The text of the edited file, and its tree. */
const TREE =
  'import ast, inspect\nSOURCE = open(__file__).read().split("# --- check ---")[0]\nTREE = ast.parse(SOURCE)\n';

/** Written before any answer was seen. Each program raises an error when the outcome is wrong. */
export const PYTHON_INSTRUCTIONS: readonly Instruction[] = [
  python('return 0 for an empty list', MEAN, 'assert mean([]) == 0\nassert mean([2, 4]) == 3'),
  python('rename the parameter values to numbers', MEAN, 'assert mean(numbers=[2, 4]) == 3'),
  python(
    'rename the function to average',
    MEAN,
    "assert average([2, 4]) == 3\nassert 'mean' not in globals()",
  ),
  python(
    'raise a ValueError if values is empty',
    MEAN,
    'try:\n    mean([])\nexcept ValueError: pass\nelse: raise SystemExit(1)\nassert mean([1, 3]) == 2',
  ),
  python(
    'add type annotations',
    MEAN,
    `${TREE}a = mean.__annotations__\nassert 'values' in a and 'return' in a\nassert mean([1, 3]) == 2`,
  ),
  python('add a docstring', MEAN, 'assert mean.__doc__ and mean.__doc__.strip()\nassert mean([1, 3]) == 2'),
  python(
    'use a list comprehension',
    SQUARES,
    `${TREE}assert any(isinstance(n, ast.ListComp) for n in ast.walk(TREE))\nassert squares([1, 2, 3]) == [1, 4, 9]`,
  ),
  python(
    'return cubes instead of squares',
    SQUARES,
    'f = globals().get("squares") or globals().get("cubes")\nassert f([1, 2, 3]) == [1, 8, 27]',
  ),
  python('skip negative numbers', SQUARES, 'assert squares([-1, 2, -3, 4]) == [4, 16]'),
  python(
    'make it a generator',
    SQUARES,
    'import inspect\nassert inspect.isgeneratorfunction(squares)\nassert list(squares([1, 2])) == [1, 4]',
  ),
  python(
    'extract 3.14159 into a constant named PI',
    AREA,
    'assert abs(PI - 3.14159) < 1e-9\nassert abs(area(2) - 12.56636) < 1e-6\nPI = 0\nassert area(2) == 0',
  ),
  python(
    'use math.pi',
    AREA,
    `${TREE}import math\nassert area(2) == math.pi * 4\nassert '3.14159' not in SOURCE`,
  ),
  python(
    'raise a ValueError for a negative radius',
    AREA,
    'try:\n    area(-1)\nexcept ValueError: pass\nelse: raise SystemExit(1)\nassert area(1) == 3.14159',
  ),
  python(
    'use an f-string',
    GREET,
    `${TREE}assert any(isinstance(n, ast.JoinedStr) for n in ast.walk(TREE))\nassert greet('Ada') == 'Hello, Ada!'`,
  ),
  python(
    "give name the default value 'world'",
    GREET,
    "assert greet() == 'Hello, world!'\nassert greet('Ada') == 'Hello, Ada!'",
  ),
  python(
    'add a parameter greeting with the default Hello',
    GREET,
    "assert greet('Ada') == 'Hello, Ada!'\nassert greet('Ada', greeting='Hi') == 'Hi, Ada!'",
  ),
  python(
    'use enumerate',
    FIND,
    `${TREE}assert any(isinstance(n, ast.Call) and getattr(n.func, 'id', '') == 'enumerate' for n in ast.walk(TREE))\nassert find('abc', 'c') == 2 and find('abc', 'x') == -1`,
  ),
  python(
    'return None instead of -1 when nothing is found',
    FIND,
    "assert find('abc', 'x') is None\nassert find('abc', 'b') == 1",
  ),
  python(
    'open the file in a with statement',
    READ,
    `${TREE}assert any(isinstance(n, ast.With) for n in ast.walk(TREE))\nassert len(read_lines(__file__)) > 3`,
  ),
  python(
    'return an empty list if the file does not exist',
    READ,
    "assert read_lines('/nonexistent/file') == []\nassert len(read_lines(__file__)) > 3",
  ),
  python(
    "return an empty list if the key 'items' is missing",
    FETCH,
    "assert load(lambda u: {}, '') == []\nassert load(lambda u: {'items': [1]}, '') == [1]",
  ),
  python(
    'make it async and await the fetch',
    FETCH,
    "import asyncio\nasync def f(u): return {'items': [u]}\nassert asyncio.run(load(f, 'x')) == ['x']",
  ),
  python(
    'print the url before it is fetched',
    FETCH,
    "import io, contextlib\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    assert load(lambda u: {'items': [1]}, 'the-url') == [1]\nassert 'the-url' in out.getvalue()",
  ),
  python(
    'add a method scale(factor) that returns a new Point',
    POINT,
    'p = Point(1, 2).scale(3)\nassert isinstance(p, Point) and (p.x, p.y) == (3, 6)\nassert Point(3, 4).norm() == 5',
  ),
  python(
    'add a __repr__ method',
    POINT,
    "r = repr(Point(1, 2))\nassert '1' in r and '2' in r and ' object at ' not in r\nassert Point(3, 4).norm() == 5",
  ),
  python(
    'sort the imports',
    IMPORTS,
    `${TREE}names = [a.name for n in TREE.body if isinstance(n, ast.Import) for a in n.names]\nassert names == sorted(names) and len(names) == 4`,
  ),
  python(
    'add a grade D for scores below 70',
    GRADE,
    "assert [grade(n) for n in (95, 85, 75, 60)] == ['A', 'B', 'C', 'D']",
  ),
  python(
    'use collections.Counter',
    COUNT,
    `${TREE}assert 'Counter' in SOURCE\nassert dict(count_words('a b a')) == {'a': 2, 'b': 1}`,
  ),
  python(
    'translate the comment to English',
    COMMENT,
    `${TREE}assert SOURCE.isascii() and '#' in SOURCE.split('def')[0]\nassert add(1, 2) == 3`,
  ),
  python(
    'swap low and high if low is greater than high',
    CLAMP,
    'assert clamp(5, 10, 1) == 5 and clamp(20, 10, 1) == 10 and clamp(-1, 0, 3) == 0',
  ),
];

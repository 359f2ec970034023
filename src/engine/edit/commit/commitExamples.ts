/** Solved cases for small models, in the form that the project's subjects have. */
import type { SubjectStyle } from './subjectStyle.js';
import { inForm } from './subjectForm.js';

interface ExampleChange {
  readonly change: string;
  readonly subject: string;
}

interface Example {
  readonly change: string;
  readonly type: string;
  readonly area: string;
  readonly english: string;
  readonly chinese: string;
}

/** @returns with the last one as close as possible to what is asked: another small change of code */
export function exampleChanges(style: SubjectStyle): readonly ExampleChange[] {
  return EXAMPLES.map(({ change, type, area, english, chinese }) => {
    const prefix = style.prefix === 'conventional' ? `${type}: ` : style.prefix === 'area' ? `${area}: ` : '';
    return { change, subject: prefix + inForm(style.script === 'chinese' ? chinese : english, style) };
  });
}

const EXAMPLES: readonly Example[] = [
  {
    change: `Changed files:
- src/config.ts: changed, +2 -1
Changed: readConfig
--- src/config.ts
@@ export function readConfig(path: string)
-  const text = readFileSync(path, 'utf8');
+  if (!existsSync(path)) return DEFAULTS;
+  const text = readFileSync(path, 'utf8');`,
    type: 'fix',
    area: 'config',
    english: 'Use the defaults when the config file is missing',
    chinese: '配置文件不存在时使用默认值',
  },
  {
    change: `Changed files:
- app/users.py: changed, +4 -0
- tests/test_users.py: changed, +3 -0
New: by_email, test_by_email
--- app/users.py
@@ class Users:
+    def by_email(self, email):
+        return self.find(lambda user: user.email == email)
--- tests/test_users.py
+def test_by_email():
+    assert users.by_email("a@b.c").name == "Ann"`,
    type: 'feat',
    area: 'users',
    english: 'Find users by their email address',
    chinese: '支持按邮箱地址查找用户',
  },
  {
    change: `Changed files:
- lib/price.js: changed, +1 -1
- README.md: changed, +1 -0
Changed: total
--- lib/price.js
@@ function total(items) {
-  return sum(items);
+  return Math.round(sum(items) * 100) / 100;
--- README.md
+Totals have two decimals.`,
    type: 'fix',
    area: 'price',
    english: 'Round totals to two decimals',
    chinese: '将总价四舍五入到两位小数',
  },
];

/**
 * Words that can't be names in one language or another. A name that is one elsewhere only is a bad one, too: it reads
 * as a keyword.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'abstract alias alignas alignof and any arguments array as asm assert async atomic auto await base begin bool boolean ' +
    'box break byte case catch chan char checked class cls companion concept const consteval constexpr constinit ' +
    'continue crate data debugger declare decltype def default defer del delegate delete dictionary die do done ' +
    'double dyn dynamic echo elif else elsif empty end ensure enum esac eval event except exec exit explicit export ' +
    'extends extension extern fallthrough false fi final finally fixed float fn for foreach from fun func function ' +
    'get global go goto guard if impl implements implicit import in include init inline inout instanceof int ' +
    'interface internal into is isset iterable join lambda lateinit lazy let lock long loop macro map match mod ' +
    'module move mut mutable namespace native new next nil noexcept none nonlocal not null nullptr object of on open ' +
    'operator or out override package parent pass print private protected protocol pub public raise range readonly ' +
    'receive record redo ref register repeat require rescue restrict retry return sealed select self send set short ' +
    'signed sizeof stackalloc static static_assert string strictfp struct super suspend switch symbol synchronized ' +
    'template then this thread_local throw throws trait transient true try type typealias typedef typeid typename ' +
    'typeof uint ulong unchecked undef undefined undefine union unless unsafe unset unsigned unsized until use using val ' +
    'value var vararg virtual void volatile wchar_t weak when where while with xor yield ' +
    'False None True Self String Object Array Number Boolean Function Error Promise Map Set Date Math JSON'
  )
    .split(' ')
    // Words of single languages that are good names in all others.
    .filter(
      (word) =>
        ![
          'array',
          'data',
          'event',
          'value',
          'record',
          'range',
          'map',
          'base',
          'parent',
          'extension',
        ].includes(word),
    ),
);

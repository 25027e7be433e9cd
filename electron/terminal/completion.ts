/** What a shell needs to complete a command line, made from the one table of commands; nothing here knows any of them by name. */
import type { Translate } from '../../core/text.ts';
import { COMMON_OPTIONS } from './arguments.ts';
import type { OptionSpec } from './command.ts';
import type { NamedCommand } from './commands.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

type Option = readonly [name: string, spec: OptionSpec];
const COMMON: readonly Option[] = Object.entries(COMMON_OPTIONS);
const optionsOf = ({ options }: NamedCommand): readonly Option[] => [...COMMON, ...Object.entries(options)];
const spellings = ([name, { short }]: Option): readonly string[] => [
  ...(short === undefined ? [] : [`-${short}`]),
  `--${name}`,
];

/** POSIX shells: nothing but a single quote ends single quotes. */
const posix = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
const many = (texts: readonly string[]): string => texts.map(posix).join(' ');

/** Words are compared by the shell and never expanded: `compgen -W` would run what stands in them. */
function bash(commands: readonly NamedCommand[]): string {
  const all: readonly (readonly [string, readonly Option[]])[] = [
    ['', COMMON],
    ...commands.map((command) => [command.name, optionsOf(command)] as const),
  ];
  const valued = all.flatMap(([name, options]) =>
    options
      .filter(([, { type }]) => type === 'string')
      .flatMap((option) =>
        spellings(option).map((spelling) => ({ key: posix(`${name} ${spelling}`), spec: option[1] })),
      ),
  );
  return `# relayready: completion for bash
_relayready_value() {
  case "$1 $2" in
${valued
  .map(({ key, spec: { values, path } }) =>
    values ? `    ${key}) offer=(${many(values)}) ;;` : `    ${key}) offer=()${path === true ? ' files=1' : ''} ;;`,
  )
  .join('\n')}
    *) return 1 ;;
  esac
}
_relayready() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before='' start='' command='' files='' word='' i=1 count=0
  local -a offer
  offer=()
  COMPREPLY=()
  if [[ $cur == = ]]; then cur=''; fi
  while (( i < COMP_CWORD )); do
    word=\${COMP_WORDS[i]}
    before=''
    if [[ $word == -* ]]; then
      if _relayready_value "$command" "$word"; then
        i=$(( i + 1 ))
        if [[ \${COMP_WORDS[i]} == = ]] && (( i < COMP_CWORD )); then i=$(( i + 1 )); fi
        if (( i >= COMP_CWORD )); then before=$word; fi
      fi
    elif [[ -z $command ]]; then command=$word
    else count=$(( count + 1 ))
    fi
    i=$(( i + 1 ))
  done
  if [[ $cur == --*=* ]]; then
    before=\${cur%%=*} start=\${cur%%=*}= cur=\${cur#*=}
  fi
  offer=() files=''
  if [[ -n $before ]]; then _relayready_value "$command" "$before"
  elif [[ $cur == -* ]]; then
    case "$command" in
${all.map(([name, options]) => `      ${posix(name)}) offer=(${many(options.flatMap(spellings))}) ;;`).join('\n')}
    esac
  else
    case "$command $count" in
      ' 0') offer=(${many(commands.map(({ name }) => name))}) ;;
${commands
  .flatMap(({ name, verbs, path, positionals = 0 }) => [
    ...(verbs ? [`      ${posix(`${name} 0`)}) offer=(${many(verbs)}) ;;`] : []),
    ...(path === true && positionals > 0 ? [`      ${posix(`${name} `)}*) files=1 ;;`] : []),
  ])
  .join('\n')}
    esac
  fi
  for word in "\${offer[@]}"; do
    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$start$(printf %q "$word")"); fi
  done
  if [[ -n $files ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r word; do COMPREPLY+=("$start$word"); done < <(compgen -f -- "$cur")
  fi
}
complete -F _relayready relayready
`;
}

const zsh = (commands: readonly NamedCommand[]): string =>
  `#compdef relayready\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands)}`;

/** fish: within single quotes a backslash takes the meaning of a quote and of itself. */
const fishQuote = (text: string): string => `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
/** What `-a` is given is read as words once more. */
const fishWords = (texts: readonly string[]): string => fishQuote(texts.map(fishQuote).join(' '));

function fish(commands: readonly NamedCommand[], t: Translate): string {
  const names = commands.map(({ name }) => fishQuote(name)).join(' ');
  const option = ([name, spec]: Option, when: string): string =>
    [
      `complete -c relayready${when} -l ${name}`,
      spec.short === undefined ? '' : ` -s ${spec.short}`,
      spec.type === 'boolean' ? '' : ' -r',
      spec.path === true ? ' -F' : ' -f',
      spec.values ? ` -a ${fishWords(spec.values)}` : '',
      ` -d ${fishQuote(t(spec.help))}`,
    ].join('');
  return [
    '# relayready: completion for fish',
    'complete -c relayready -f',
    ...COMMON.map((one) => option(one, '')),
    ...commands.flatMap((command) => {
      const when = ` -n ${fishQuote(`__fish_seen_subcommand_from ${fishQuote(command.name)}`)}`;
      return [
        `complete -c relayready -n ${fishQuote(`not __fish_seen_subcommand_from ${names}`)} -a ${fishWords([command.name])} -d ${fishQuote(t(command.summary))}`,
        ...(command.verbs ? [`complete -c relayready${when} -a ${fishWords(command.verbs)}`] : []),
        ...(command.path === true ? [`complete -c relayready${when} -F`] : []),
        ...Object.entries(command.options).map((one) => option(one, when)),
      ];
    }),
    '',
  ].join('\n');
}

/** PowerShell takes five characters for a single quote; each is doubled (language specification 2.3.5.2). */
const single = (text: string): string => `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;

function powershell(commands: readonly NamedCommand[], t: Translate): string {
  const pairs = (rows: readonly (readonly [string, string])[]): string =>
    // Without the comma PowerShell takes a single row for its two words.
    `@(${rows.length === 1 ? ',' : ''}${rows.map(([word, meaning]) => `@(${single(word)}, ${single(meaning)})`).join(', ')})`;
  const rowsOf = (options: readonly Option[]) =>
    pairs(options.flatMap((one) => spellings(one).map((spelling) => [spelling, t(one[1].help)] as const)));
  const values = (name: string, options: readonly Option[]): readonly string[] =>
    options
      .filter(([, { type }]) => type === 'string')
      .map(
        ([option, spec]) =>
          `    ${single(`${name} --${option}`)} = ${pairs((spec.values ?? []).map((value) => [value, value]))}`,
      );
  return [
    '# relayready: completion for PowerShell',
    'Register-ArgumentCompleter -Native -CommandName relayready -ScriptBlock {',
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $options = @{',
    `    '' = ${rowsOf(COMMON)}`,
    ...commands.map((command) => `    ${single(command.name)} = ${rowsOf(optionsOf(command))}`),
    '  }',
    '  $values = @{',
    ...values('', COMMON),
    ...commands.flatMap((command) => values(command.name, optionsOf(command))),
    '  }',
    '  $verbs = @{',
    `    '' = ${pairs(commands.map(({ name, summary }) => [name, t(summary)]))}`,
    ...commands.map(({ name, verbs }) => `    ${single(name)} = ${pairs((verbs ?? []).map((verb) => [verb, verb]))}`),
    '  }',
    `  $command = ''`,
    `  $before = ''`,
    '  $count = 0',
    '  foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {',
    '    if ($element.Extent.EndOffset -ge $cursorPosition) { break }',
    '    $word = $element.Extent.Text',
    `    if ($before -ne '') { $before = '' }`,
    `    elseif ($word.StartsWith('-')) { if ($values.ContainsKey(($command + ' ' + $word))) { $before = $word } }`,
    `    elseif ($command -eq '') { $command = $word }`,
    '    else { $count = $count + 1 }',
    '  }',
    `  if ($before -ne '') { $offer = $values[($command + ' ' + $before)] }`,
    `  elseif ($wordToComplete.StartsWith('-')) { $offer = $options[$command] }`,
    '  elseif ($count -eq 0) { $offer = $verbs[$command] }',
    '  else { $offer = @() }',
    '  foreach ($row in $offer) {',
    '    if ($row[0].StartsWith($wordToComplete)) {',
    `      [System.Management.Automation.CompletionResult]::new($row[0], $row[0], 'ParameterValue', $row[1])`,
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** A script for the shell to read; texts in the language of `t`. */
export const completion = (shell: Shell, commands: readonly NamedCommand[], t: Translate): string =>
  ({ bash, zsh, fish, powershell })[shell](commands, t);

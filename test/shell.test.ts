import { array, assert, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { dotted } from "../src/awsconfig/mask.ts";
import { traitsOf } from "../src/awsconfig/traits.ts";
import type { StartupFile, Statement } from "../src/model/facts.ts";
import { matters } from "../src/shell/names.ts";
import { statements } from "../src/shell/statements.ts";
import { cost } from "./cost.ts";

type Shell = StartupFile["shell"];

const KEY_ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

const show: Parameters<typeof statements>[3] = (name, value) =>
  /KEY|TOKEN|PROXY/i.test(name) ? { value: dotted(value), hidden: traitsOf(value) } : { value, hidden: undefined };

const read = (shell: Shell, text: string) => statements("/home/ada/.rc", shell, text, show);

/** `kind name=value @line:column` and what else is true of it. The place is that of the name. */
function line({ kind, name, value, hidden, computed, inFunction, nameAt, alone }: Statement): string {
  const notes = [hidden && "hidden", computed && "computed", inFunction && "inside", alone && "alone"].filter(Boolean);
  const what = kind === "unset" ? name : `${name}=${value}`;
  return [kind, what, `@${nameAt.span!.line}:${nameAt.span!.column}`, ...notes].join(" ");
}

const found = (shell: Shell, text: string): string[] => read(shell, text).statements.map(line);

type Row = readonly [title: string, lines: string | readonly string[], expected: readonly string[]];

function table(shells: readonly Shell[], rows: readonly Row[]): void {
  for (const shell of shells)
    for (const [title, lines, expected] of rows)
      test(`${shell}: ${title}`, () => expect(found(shell, [lines].flat().join("\n"))).toEqual(expected));
}

describe("what sets a variable", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      ["an export", "export AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["an export, indented", "\t export AWS_PROFILE=dev ", ["export AWS_PROFILE=dev @1:10 alone"]],
      ["an export with a semicolon", "export AWS_PROFILE=dev;", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["an export with a note", "export AWS_PROFILE=dev # note", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["no note without a blank", "export AWS_PROFILE=dev#1", ["export AWS_PROFILE=dev#1 @1:8 alone"]],
      [
        "two names in one export",
        `export AWS_PROFILE="a b" AWS_REGION='c'`,
        ["export AWS_PROFILE=a b @1:8", "export AWS_REGION=c @1:26"],
      ],
      ["names that do not matter", `export A="a b" B='c' EDITOR=vim; PATH=$PATH:/x; unset B`, []],
      ["a name beside one that does not matter", "export AWS_PROFILE=a B=c", ["export AWS_PROFILE=a @1:8"]],
      ["declare -x", "declare -x AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:12 alone"]],
      ["typeset -x", "typeset -x AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:12 alone"]],
      ["typeset -gx", "typeset -gx AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:13 alone"]],
      ["typeset -g -x", "typeset -g -x AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:15 alone"]],
      ["declare without -x", "declare AWS_PROFILE=dev AWS_REGION", ["set AWS_PROFILE=dev @1:9"]],
      ["declare +x", "declare +x AWS_PROFILE", ["unset AWS_PROFILE @1:12 alone"]],
      ["declare -f and -p", ["declare -f AWS_X=1", "declare -p AWS_X", "export -f AWS_X", "export -p"], []],
      ["readonly", "readonly AWS_REGION=eu", ["set AWS_REGION=eu @1:10 alone"]],
      ["local", "f() { local AWS_REGION=eu; }", []],
      ["an assignment", "AWS_PROFILE=dev", ["set AWS_PROFILE=dev @1:1 alone"]],
      ["two assignments", "AWS_PROFILE=a AWS_REGION=b", ["set AWS_PROFILE=a @1:1", "set AWS_REGION=b @1:15"]],
      [
        "an assignment and its export on one line",
        "AWS_PROFILE=dev; export AWS_PROFILE",
        ["set AWS_PROFILE=dev @1:1", "export AWS_PROFILE=dev @1:25"],
      ],
      [
        "an assignment and its export on two lines",
        ["AWS_PROFILE=dev", "export AWS_PROFILE"],
        ["set AWS_PROFILE=dev @1:1 alone", "export AWS_PROFILE=dev @2:8 alone"],
      ],
      [
        "a computed one and its export",
        ["AWS_PROFILE=$X", "export AWS_PROFILE"],
        ["set AWS_PROFILE=$X @1:1 computed alone", "export AWS_PROFILE=$X @2:8 computed alone"],
      ],
      ["an export of what nobody set", "export AWS_PROFILE", ["export AWS_PROFILE= @1:8 alone"]],
      [
        "an export of what is gone",
        ["AWS_PROFILE=a", "unset AWS_PROFILE", "export AWS_PROFILE"],
        ["set AWS_PROFILE=a @1:1 alone", "unset AWS_PROFILE @2:7 alone", "export AWS_PROFILE= @3:8 alone"],
      ],
      [
        "an export of what a function may set",
        ["f() { AWS_PROFILE=a; echo; }", "export AWS_PROFILE"],
        ["set AWS_PROFILE=a @1:7 inside", "export AWS_PROFILE= @2:8 alone"],
      ],
      ["an empty value", "export AWS_PAGER=", ["export AWS_PAGER= @1:8 alone"]],
      ["an empty value in quotes", 'export AWS_PAGER=""', ["export AWS_PAGER= @1:8 alone"]],
      ["an addition", "AWS_X+=y", ["set AWS_X=y @1:1 computed alone"]],
      ["command and builtin in front", "builtin export AWS_X=1", ["export AWS_X=1 @1:16 alone"]],
      ["a quoted command word", "\\export AWS_X=1", ["export AWS_X=1 @1:9 alone"]],
      ["a look-up of a command", "command -v export AWS_X=1", []],
      ["a prefix of a command", "AWS_PROFILE=x aws s3 ls", []],
      ["a prefix with a redirection", ">log AWS_PROFILE=x aws s3 ls", []],
      ["a prefix of an export", "AWS_REGION=eu export AWS_PROFILE=x", ["export AWS_PROFILE=x @1:22 alone"]],
      ["a redirection", "export AWS_PROFILE=dev 2>/dev/null", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["a redirection of both", "export AWS_PROFILE=dev >/dev/null 2>&1", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["a redirection in front of a name", "export 2>&1 AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:13 alone"]],
      [
        "names of any case",
        "export aws_profile=x https_proxy=http://u:p@h",
        ["export aws_profile=x @1:8", `export https_proxy=${dotted("http://u:p@h")} @1:22 hidden`],
      ],
      ["a name that is quoted", 'export "AWS_PROFILE=a b"', ["export AWS_PROFILE=a b @1:9 alone"]],
      ["a name that is computed", 'export "$NAME=x" $(cat .env | xargs) AWS_$X=1', []],
      ["a key for a name", `export ${KEY_ID}=x ${KEY_ID}`, []],
      ["an array", "AWS_X=(a b)", ["set AWS_X=(a b) @1:1 computed alone"]],
    ],
  );
  table(
    ["fish"],
    [
      ["set -x", "set -x AWS_PROFILE dev", ["export AWS_PROFILE=dev @1:8 alone"]],
      ["set -gx", "set -gx AWS_PROFILE dev # note", ["export AWS_PROFILE=dev @1:9 alone"]],
      ["set -Ux", "set -Ux AWS_PROFILE dev", ["export AWS_PROFILE=dev @1:9 alone"]],
      ["set -g -x", "set -g -x AWS_PROFILE dev", ["export AWS_PROFILE=dev @1:11 alone"]],
      ["set --export", "set --global --export AWS_PROFILE dev", ["export AWS_PROFILE=dev @1:23 alone"]],
      ["set", "set AWS_PROFILE dev;", ["set AWS_PROFILE=dev @1:5 alone"]],
      ["set -g", "set -g AWS_PROFILE 'a b'", ["set AWS_PROFILE=a b @1:8 alone"]],
      ["set of nothing", "set -gx AWS_PAGER", ["export AWS_PAGER= @1:9 alone"]],
      ["set of an empty word", "set -gx AWS_PAGER ''", ["export AWS_PAGER= @1:9 alone"]],
      ["set of a list", "set AWS_X a 'b c'", ["set AWS_X=a b c @1:5 alone"]],
      ["set -a", "set -ax AWS_X a", ["export AWS_X=a @1:9 computed alone"]],
      ["set of an element", "set AWS_X[1] a; set -e AWS_X[1]", []],
      ["set -q and the like", ["set -q AWS_PROFILE", "set --show AWS_X", "set -n", "set"], []],
      ["set of a value that looks like a flag", "set AWS_X -e", ["set AWS_X=-e @1:5 alone"]],
      ["set -e", "set -e AWS_PROFILE", ["unset AWS_PROFILE @1:8 alone"]],
      ["set -e of two", "set -eg AWS_A AWS_B", ["unset AWS_A @1:9", "unset AWS_B @1:15"]],
      ["set --erase", "set --erase AWS_PROFILE", ["unset AWS_PROFILE @1:13 alone"]],
      ["export", "export AWS_PROFILE=dev", ["export AWS_PROFILE=dev @1:8 alone"]],
      [
        "set and export",
        ["set AWS_PROFILE dev", "export AWS_PROFILE"],
        ["set AWS_PROFILE=dev @1:5 alone", "export AWS_PROFILE=dev @2:8 alone"],
      ],
      ["unset, which is none of its commands", "unset AWS_PROFILE", []],
      ["a prefix of a command", "AWS_PROFILE=x aws s3 ls", []],
      ["builtin in front", "builtin set -x AWS_X 1", ["export AWS_X=1 @1:16 alone"]],
      ["a variable", "set -x AWS_X $Y", ["export AWS_X=$Y @1:8 computed alone"]],
      ["a variable in quotes", 'set -x AWS_X "a $Y"', ['export AWS_X="a $Y" @1:8 computed alone']],
      ["no variable in single quotes", "set -x AWS_X 'a $Y'", ["export AWS_X=a $Y @1:8 alone"]],
      ["a command", "set -x GPG_TTY (tty)", ["export GPG_TTY=(tty) @1:8 computed alone"]],
      ["a command with a dollar sign", 'set -x GPG_TTY "$(tty)"', ['export GPG_TTY="$(tty)" @1:8 computed alone']],
      [
        "a command over two lines",
        ["set -x AWS_X (echo ')' # it's )", "  set -x AWS_Y 1)", "set -x AWS_Z 1"],
        ["export AWS_X=(echo ')' # it's )\n  set -x AWS_Y 1) @1:8 computed alone", "export AWS_Z=1 @3:8 alone"],
      ],
      ["an apostrophe", "set -x AWS_X 'it\\'s' \\'", ["export AWS_X=it's ' @1:8 alone"]],
      ["an escape", "set -x AWS_X a\\tb\\x41", ["export AWS_X=a\tbA @1:8 alone"]],
      ["a backtick is a character", "set -x AWS_X a`b", ["export AWS_X=a`b @1:8 alone"]],
      ["an ampersand in an address", "set -x AWS_X http://h?a&b", ["export AWS_X=http://h?a&b @1:8 alone"]],
      ["a redirection", "set -x AWS_X a 2>/dev/null", ["export AWS_X=a @1:8 alone"]],
      ["a continuation", ["set -x \\", "  AWS_X a"], ["export AWS_X=a @2:3 alone"]],
    ],
  );
});

describe("what takes a variable away", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      ["unset", "unset AWS_PROFILE", ["unset AWS_PROFILE @1:7 alone"]],
      ["unset of two", "unset AWS_A B AWS_C", ["unset AWS_A @1:7", "unset AWS_C @1:15"]],
      ["unset -v", "unset -v AWS_A", ["unset AWS_A @1:10 alone"]],
      ["unset -f", "unset -f AWS_A", []],
      ["export -n", "export -n AWS_A", ["unset AWS_A @1:11 alone"]],
      ["unset in quotes", "unset 'AWS_A' AWS_B[0]", ["unset AWS_A @1:8"]],
    ],
  );
});

describe("aliases", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      ["an alias", "alias av='aws-vault exec dev --'", ["alias av=aws-vault exec dev -- @1:7 alone"]],
      ["two aliases", `alias a=b c="d e"`, ["alias a=b @1:7", "alias c=d e @1:11"]],
      ["a question", ["alias", "alias -p", "alias av"], []],
      ["after --", "alias -- -='cd -'", ["alias -=cd - @1:10 alone"]],
      ["odd names", "alias ..='cd ..' 'g s'=x", ["alias ..=cd .. @1:7", "alias g s=x @1:19"]],
      [
        "a statement in its text",
        "alias x='export AWS_X=1; unset AWS_Y'",
        ["alias x=export AWS_X=1; unset AWS_Y @1:7 alone"],
      ],
      ["a computed one", 'alias x="cd $HOME"', ['alias x="cd $HOME" @1:7 computed alone']],
      ["a computed name", "alias $x=y `x`=y", []],
    ],
  );
  table(
    ["zsh"],
    [["global and suffix ones", ["alias -g L='| less'", "alias -s txt=vim"], ["alias L=| less @1:10 alone"]]],
  );
  table(
    ["fish"],
    [
      ["an alias", "alias av 'aws-vault exec dev --'", ["alias av=aws-vault exec dev -- @1:7 alone"]],
      ["an alias of several words", "alias -s av aws-vault exec", ["alias av=aws-vault exec @1:10 alone"]],
      ["an alias with a mark", "alias av='aws-vault exec'", ["alias av=aws-vault exec @1:7 alone"]],
      ["a question", "alias av", []],
    ],
  );
});

describe("quoting", () => {
  table(
    ["bash", "zsh"],
    [
      ["single quotes", "export AWS_X='a \"$b\" `c` \\'", ['export AWS_X=a "$b" `c` \\ @1:8 alone']],
      ["double quotes", 'export AWS_X="a \'b\' \\"c\\" \\$d \\e"', ["export AWS_X=a 'b' \"c\" $d \\e @1:8 alone"]],
      ["ANSI quotes", "export AWS_X=$'it\\'s\\t\\x41\\u00e9\\101\\q\\n'", ["export AWS_X=it's\tAéA\\q\n @1:8 alone"]],
      ["a code beyond Unicode", "export AWS_X=$'\\UFFFFFFFF'", ["export AWS_X=\ufffd @1:8 alone"]],
      ["a backslash", "export AWS_X=a\\ b\\;c\\$d", ["export AWS_X=a b;c$d @1:8 alone"]],
      ["pieces", "export AWS_X=a'b'\"c\"d", ["export AWS_X=abcd @1:8 alone"]],
      [
        "several lines",
        ["export AWS_X='a", "export AWS_Y=1", "'", "export AWS_Z=1"],
        ["export AWS_X=a\nexport AWS_Y=1\n @1:8 alone", "export AWS_Z=1 @4:8 alone"],
      ],
      ["a continuation", ["export \\", "  AWS_X=a\\", "b"], ["export AWS_X=ab @2:3 alone"]],
      [
        "a continuation after a value",
        ["export AWS_X=a\\", "  AWS_Y=b"],
        ["export AWS_X=a @1:8", "export AWS_Y=b @2:3"],
      ],
      ["a continuation in quotes", ['export AWS_X="a\\', 'b"'], ["export AWS_X=ab @1:8 alone"]],
      ["a comment is not continued", ["# x \\", "export AWS_X=a"], ["export AWS_X=a @2:8 alone"]],
      ["a variable", "export AWS_X=$Y", ["export AWS_X=$Y @1:8 computed alone"]],
      ["a variable in braces", 'export AWS_X="${Y:-it\'s}"', ['export AWS_X="${Y:-it\'s}" @1:8 computed alone']],
      [
        "a brace in a brace",
        "export AWS_X=${Y:-'}'${Z}\"}\"}",
        ["export AWS_X=${Y:-'}'${Z}\"}\"} @1:8 computed alone"],
      ],
      ["a lone dollar sign", 'export AWS_X=a$ AWS_Y="$"', ["export AWS_X=a$ @1:8", "export AWS_Y=$ @1:17"]],
      ["a command", "export GPG_TTY=$(tty)", ["export GPG_TTY=$(tty) @1:8 computed alone"]],
      ["backticks", "export GPG_TTY=`tty`", ["export GPG_TTY=`tty` @1:8 computed alone"]],
      ["backticks in quotes", 'export AWS_X="a `b \\` "` c"', ['export AWS_X="a `b \\` "` c" @1:8 computed alone']],
      ["a sum", "export AWS_X=$((1<<2)) AWS_Y=1", ["export AWS_X=$((1<<2)) @1:8 computed", "export AWS_Y=1 @1:24"]],
      ["a computed one in quotes as a whole", 'export "AWS_X=$Y"', ["export AWS_X=$Y @1:9 computed alone"]],
      [
        "statements inside a command",
        [
          'export AWS_X="$(',
          "  export AWS_Y=')' # it's )",
          "  case $a in b) export AWS_Z=1;; esac",
          ')"',
          "unset AWS_X",
        ],
        [
          "export AWS_X=\"$(\n  export AWS_Y=')' # it's )\n  case $a in b) export AWS_Z=1;; esac\n)\" @1:8 computed alone",
          "unset AWS_X @5:7 alone",
        ],
      ],
      [
        "a here-document inside a command",
        ["AWS_X=$(cat <<'EOF'", "it's )", "EOF", ")", "unset AWS_X"],
        ["set AWS_X=$(cat <<'EOF'\nit's )\nEOF\n) @1:1 computed alone", "unset AWS_X @5:7 alone"],
      ],
      [
        "a string that never ends",
        ["export AWS_X='a", "export AWS_Y=b"],
        ["export AWS_X=a\nexport AWS_Y=b @1:8 alone"],
      ],
      [
        "a file on the fly",
        "source <(aws-vault --completion; export AWS_X=1); export AWS_Y=1",
        ["export AWS_Y=1 @1:58"],
      ],
    ],
  );
});

describe("what only looks like a statement", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      ["a comment", ["#export AWS_X=1", "# export AWS_X=1", "echo # ; export AWS_X=1"], []],
      ["an argument", ['echo "export AWS_X=1"', "echo export AWS_X=1", "echo 'x", "export AWS_X=1'"], []],
      ["an eval", ['eval "$(direnv hook bash)"', 'eval "export AWS_X=1"'], []],
      [
        "a here-document",
        ["cat <<EOF >x", "export AWS_X=1 it's", " EOF", "EOF", "unset AWS_X"],
        ["unset AWS_X @5:7 alone"],
      ],
      [
        "a here-document with tabs",
        ["cat <<-EOF", "\texport AWS_X=1", "\tEOF", "unset AWS_X"],
        ["unset AWS_X @4:7 alone"],
      ],
      ["a here-document in quotes", ["cat <<'E F' | x", "`$(", "E F", "unset AWS_X"], ["unset AWS_X @4:7 alone"]],
      [
        "two here-documents",
        ['cat <<A <<"B"', "'", "A", "export AWS_X=1", "B", "unset AWS_X"],
        ["unset AWS_X @6:7 alone"],
      ],
      ["a here-document that never ends", ["cat <<EOF", "export AWS_X=1"], []],
      ["a here-document for a statement", ["export AWS_X=1 <<EOF", "EOF"], ["export AWS_X=1 @1:8"]],
      ["a here-string", ["cat <<<x", "export AWS_X=1"], ["export AWS_X=1 @2:8 alone"]],
      ["arrays", ["plugins=(aws git)", "plugins=(", "  aws # it's", "  export AWS_X=1", ")", "x+=(y)"], []],
      ["env", "env AWS_X=1 aws s3 ls", []],
      ["a list of words", "for x in export AWS_X=1; do echo; done", []],
      ["a pattern", ["case $x in", "  export) ;;", "  AWS_X=1) echo ;;", "esac"], []],
    ],
  );
  table(
    ["fish"],
    [
      ["a comment", ["#set -x AWS_X 1", "echo # ; set -x AWS_X 1"], []],
      ["an argument", ["echo set -x AWS_X 1", "echo 'x", "set -x AWS_X 1'"], []],
      ["a command in brackets", "echo (set -x AWS_X 1)", []],
      ["a list of words", ["for x in set -x AWS_X", "end", "switch set", "case set -x AWS_X 1", "end"], []],
    ],
  );
});

describe("where a command begins", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      ["after a semicolon", "true; export AWS_X=1", ["export AWS_X=1 @1:14"]],
      ["after &&", '[ -z "$X" ] && export AWS_X=1', ["export AWS_X=1 @1:23"]],
      ["after ||", "[[ -n $X ]] || export AWS_X=1", ["export AWS_X=1 @1:23"]],
      ["after a pipe and &", "a | export AWS_X=1 & export AWS_Y=1", ["export AWS_X=1 @1:12", "export AWS_Y=1 @1:29"]],
      ["after !", "! export AWS_X=1", ["export AWS_X=1 @1:10"]],
      ["in an if on one line", "if [ -f x ]; then export AWS_X=1; fi", ["export AWS_X=1 @1:26"]],
      [
        "in an if with an else",
        ["if [ -f x ]; then", "  echo", "  export AWS_X=1", "else", "  unset AWS_X", "  echo", "fi"],
        ["export AWS_X=1 @3:10 alone", "unset AWS_X @5:9 alone"],
      ],
      [
        "in a loop",
        "while x; do export AWS_X=1; done; until export AWS_Y=1; do y; done",
        ["export AWS_X=1 @1:20", "export AWS_Y=1 @1:48"],
      ],
      ["in braces", "{ export AWS_X=1; }; export AWS_Y=1", ["export AWS_X=1 @1:10", "export AWS_Y=1 @1:29"]],
      [
        "in a case",
        [
          "case $(uname) in",
          "  Linux|*BSD) export AWS_X=1 ;;",
          "  (Darwin)",
          "    export AWS_Y=1",
          "    ;;",
          "esac",
          "unset AWS_X",
        ],
        ["export AWS_X=1 @2:22", "export AWS_Y=1 @4:12 alone", "unset AWS_X @7:7 alone"],
      ],
      [
        "in a case on one line",
        "case $- in *i*) ;; *) export AWS_X=1;; esac; unset AWS_X",
        ["export AWS_X=1 @1:30", "unset AWS_X @1:52"],
      ],
      [
        "in a subshell, where it does not last",
        ["(export AWS_X=1; aws s3 ls)", "export AWS_Y=1"],
        ["export AWS_X=1 @1:9 inside", "export AWS_Y=1 @2:8 alone"],
      ],
      ["after arithmetic", "((x << 2)) && export AWS_X=1", ["export AWS_X=1 @1:22"]],
    ],
  );
  table(
    ["fish"],
    [
      ["after a semicolon", "true; set -x AWS_X 1", ["export AWS_X=1 @1:14"]],
      [
        "after and, or, not",
        ["a; and set -x AWS_X 1", "or set -e AWS_X", "not set -x AWS_Y 1"],
        ["export AWS_X=1 @1:15", "unset AWS_X @2:11", "export AWS_Y=1 @3:12"],
      ],
      ["after && and ||", "a && set -x AWS_X 1 || set -e AWS_X", ["export AWS_X=1 @1:13", "unset AWS_X @1:31"]],
      [
        "in an if",
        ["if status is-interactive", "  set -gx AWS_X 1", "else if test -f x; set -e AWS_Y", "end", "set -x AWS_Z 1"],
        ["export AWS_X=1 @2:11 alone", "unset AWS_Y @3:27", "export AWS_Z=1 @5:8 alone"],
      ],
    ],
  );
});

describe("functions", () => {
  const inside = ["unset AWS_X @2:9 inside alone", "export AWS_X=1 @6:8 alone"];
  const body = ["  unset AWS_X", "  if x; then y; fi", "  { z; }", "}", "export AWS_X=1"];
  table(
    ["sh", "bash", "zsh"],
    [
      ["f() {", ["f() {", ...body], inside],
      ["f () {", ["f () {", ...body], inside],
      ["function f {", ["function f {", ...body], inside],
      ["function f() {", ["function f() {", ...body], inside],
      ["a name with a dash", ["aws-off() {", ...body], inside],
      [
        "the brace below",
        ["f()", "{ unset AWS_X; }", "export AWS_X=1"],
        ["unset AWS_X @2:9 inside", "export AWS_X=1 @3:8 alone"],
      ],
      [
        "the brace below function",
        ["function f", "{ unset AWS_X; }", "export AWS_X=1"],
        ["unset AWS_X @2:9 inside", "export AWS_X=1 @3:8 alone"],
      ],
      ["on one line", "f() { unset AWS_X; }; export AWS_X=1", ["unset AWS_X @1:13 inside", "export AWS_X=1 @1:30"]],
      ["a subshell for a body", "f() (export AWS_X=1)", ["export AWS_X=1 @1:13 inside"]],
      [
        "a function in a function",
        ["f() {", "g() { export AWS_X=1; }", "unset AWS_X", "}", "unset AWS_X"],
        ["export AWS_X=1 @2:14 inside", "unset AWS_X @3:7 inside alone", "unset AWS_X @5:7 alone"],
      ],
      ["a brace that closes nothing", ["}", "export AWS_X=1"], ["export AWS_X=1 @2:8 alone"]],
    ],
  );
  table(
    ["zsh"],
    [
      [
        "a brace that closes without a semicolon",
        ["f() { unset AWS_X }", "export AWS_X=1"],
        ["unset AWS_X @1:13 inside", "export AWS_X=1 @2:8 alone"],
      ],
      ["a function without a name runs at once", ["() {", "export AWS_X=1", "}"], ["export AWS_X=1 @2:8 alone"]],
      [
        "braces instead of then",
        ["f() {", "if [[ -n $X ]] {", "y", "}", "unset AWS_X", "}", "unset AWS_Y"],
        ["unset AWS_X @5:7 inside alone", "unset AWS_Y @7:7 alone"],
      ],
      [
        "braces instead of do",
        ["f() {", "for x (a b) { y }", "unset AWS_X", "}", "unset AWS_Y"],
        ["unset AWS_X @3:7 inside alone", "unset AWS_Y @5:7 alone"],
      ],
      ["glob flags", ["[[ $x == (#i)a* ]] && ls *(N)", "export AWS_X=1"], ["export AWS_X=1 @2:8 alone"]],
    ],
  );
  table(
    ["fish"],
    [
      [
        "with blocks inside",
        [
          "function f --on-event x",
          "  if a; else if b",
          "  end",
          "  while c; begin; end; end",
          "  for x in y",
          "  switch z",
          "  case a",
          "  end",
          "  end",
          "  set -e AWS_X",
          "end",
          "set -x AWS_X 1",
        ],
        ["unset AWS_X @10:10 inside alone", "export AWS_X=1 @12:8 alone"],
      ],
      [
        "on one line",
        "function f; set -e AWS_X; end; set -x AWS_X 1",
        ["unset AWS_X @1:20 inside", "export AWS_X=1 @1:39"],
      ],
      [
        "an else and an if below it",
        ["function f", "if a", "else", "if b", "end", "end", "set -e AWS_X", "end", "set -e AWS_Y"],
        ["unset AWS_X @7:8 inside alone", "unset AWS_Y @9:8 alone"],
      ],
      ["an end that closes nothing", ["end", "set -x AWS_X 1"], ["export AWS_X=1 @2:8 alone"]],
    ],
  );
});

describe("a line that can be commented out", () => {
  // Without it, bash would find a list without a command and refuse the whole file.
  const only: Row[] = [
    ["not the only command of a function", ["f() {", "  export AWS_X=1", "}"], ["export AWS_X=1 @2:10 inside"]],
    ["not the only command of an if", ["if x", "then", "  export AWS_X=1", "fi"], ["export AWS_X=1 @3:10"]],
    ["not the only command of an else", ["if x; then y", "else", "  export AWS_X=1", "fi"], ["export AWS_X=1 @3:10"]],
    ["not the only command of a loop", ["for x in y; do", "  export AWS_X=1", "done"], ["export AWS_X=1 @2:10"]],
    [
      "one command beside a block",
      ["if x; then", "if y; then z; fi", "export AWS_X=1", "fi"],
      ["export AWS_X=1 @3:8 alone"],
    ],
  ];
  table(["sh", "bash"], only);
  table(
    ["zsh"],
    only.map(
      ([title, lines, expected]): Row => [title, lines, expected.map((one) => one.replace(/( alone)?$/, " alone"))],
    ),
  );
  table(
    ["sh", "bash", "zsh"],
    [
      ["not below &&", ["x &&", "  # why", "  export AWS_X=1"], ["export AWS_X=1 @3:10"]],
      ["not before &&", ["export AWS_X=1 \\", "  && x"], ["export AWS_X=1 @1:8"]],
      ["not before ;;", ["case x in a)", "export AWS_X=1;;", "esac"], ["export AWS_X=1 @2:8"]],
      ["below a block in braces after &&", ["x && {", "  y", "  export AWS_X=1", "}"], ["export AWS_X=1 @3:10 alone"]],
    ],
  );
});

const RC = [
  "# ~/.bashrc: executed by bash(1) for non-login shells.",
  "case $- in",
  "    *i*) ;;",
  "      *) return;;",
  "esac",
  '[ -x /usr/bin/lesspipe ] && eval "$(SHELL=/bin/sh lesspipe)"',
  'if [ -z "${debian_chroot:-}" ] && [ -r /etc/debian_chroot ]; then',
  "    debian_chroot=$(cat /etc/debian_chroot)",
  "fi",
  "PS1='${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '",
  'test -r ~/.dircolors && eval "$(dircolors -b ~/.dircolors)" || eval "$(dircolors -b)"',
  "alias alert='notify-send \"$(history|tail -n1|sed -e '\\''s/^\\s*[0-9]\\+//'\\'')\"'",
  "if [ -f ~/.bash_aliases ]; then",
  "    . ~/.bash_aliases",
  "fi",
  'export PATH="$PATH:$HOME/bin"',
  'export NVM_DIR="$HOME/.nvm"',
  '[ -s "$NVM_DIR/nvm.sh" ] && \\. "$NVM_DIR/nvm.sh"  # This loads nvm',
  "complete -C '/usr/local/bin/aws_completer' aws",
  `export AWS_ACCESS_KEY_ID=${KEY_ID}`,
  `export AWS_SECRET_ACCESS_KEY="${SECRET_KEY}"`,
  "export AWS_REGION=eu-west-1",
];

describe("a whole file", () => {
  table(
    ["sh", "bash", "zsh"],
    [
      [
        "Debian's, with keys in it",
        RC,
        [
          `alias alert=notify-send "$(history|tail -n1|sed -e 's/^\\s*[0-9]\\+//')" @12:7 alone`,
          `export AWS_ACCESS_KEY_ID=${dotted(KEY_ID)} @20:8 hidden alone`,
          `export AWS_SECRET_ACCESS_KEY=${dotted(SECRET_KEY)} @21:8 hidden alone`,
          "export AWS_REGION=eu-west-1 @22:8 alone",
        ],
      ],
      [
        "with Windows line ends",
        [
          "export AWS_X=a\r",
          "export \\\r",
          " AWS_Y=b # note\r",
          "cat <<EOF\r",
          "'\r",
          "EOF\r",
          "if x; then\r",
          "unset AWS_X\r",
          "y\r",
          "fi\r",
        ],
        ["export AWS_X=a @1:8 alone", "export AWS_Y=b @3:2 alone", "unset AWS_X @8:7 alone"],
      ],
    ],
  );
  table(
    ["fish"],
    [
      [
        "with Windows line ends",
        ["set -x AWS_X a\r", "function f\r", "set -e AWS_X\r", "end\r", "alias x 'y'\r", ""],
        ["export AWS_X=a @1:8 alone", "unset AWS_X @3:8 inside alone", "alias x=y @5:7 alone"],
      ],
    ],
  );

  test("a statement spans its first word to its end, and names of one command share it", () => {
    const text = "x; export AWS_A=1 \\\n AWS_B='b\n' >y ; z\ncommand unset AWS_C  # note";
    const places = read("bash", text).statements.map(({ at, nameAt }) => [at.span, nameAt.span]);
    const first = { start: 3, end: 34, line: 1, column: 4, endLine: 3, endColumn: 5 };
    expect(places).toEqual([
      [first, { start: 10, end: 15, line: 1, column: 11, endLine: 1, endColumn: 16 }],
      [first, { start: 21, end: 26, line: 2, column: 2, endLine: 2, endColumn: 7 }],
      [
        { start: 39, end: 58, line: 4, column: 1, endLine: 4, endColumn: 20 },
        { start: 53, end: 58, line: 4, column: 15, endLine: 4, endColumn: 20 },
      ],
    ]);
    expect(read("bash", text).statements[0]!.at.path).toBe("/home/ada/.rc");
  });
});

for (const [name, expected] of [
  ["AWS_PROFILE", true],
  ["aws_profile", true],
  ["AWSUME_PROFILE", true],
  ["GPG_TTY", true],
  ["PASSWORD_STORE_DIR", true],
  ["HTTP_PROXY", true],
  ["https_proxy", true],
  ["No_Proxy", true],
  ["DISABLE_KWALLET", true],
  ["YKMAN_OATH_CREDENTIAL_NAME", true],
  ["SSL_CERT_FILE", true],
  ["NODE_EXTRA_CA_CERTS", true],
  ["REQUESTS_CA_BUNDLE", true],
  ["CURL_CA_BUNDLE", true],
  ["PATH", false],
  ["MY_AWS", false],
  ["HTTP_PROXY_PORT", false],
  ["", false],
] as const) {
  test(`'${name}' ${expected ? "matters" : "does not matter"}`, () => expect(matters(name)).toBe(expected));
}

/** The masked text, a run of dots of any length as one `~`. */
const squeezed = (shell: Shell, text: string): string => read(shell, text).masked.replace(/·+/g, "~");

describe("the masked text", () => {
  for (const [shell, text, expected] of [
    ["bash", "export AWS_PROFILE=dev EDITOR=vim", "export AWS_PROFILE=dev EDITOR=~"],
    ["bash", `export AWS_SECRET_ACCESS_KEY="${SECRET_KEY}"`, 'export AWS_SECRET_ACCESS_KEY="~"'],
    ["bash", "# a password", "# ~ ~"],
    ["bash", "export AWS_X=1 # a password", "export AWS_X=1 # ~ ~"],
    ["bash", "# aws-vault-doctor: ignore some-rule -- pass word", "# aws-vault-doctor: ignore some-rule -- ~ ~"],
    ["bash", "# aws-vault-doctor: ignore some-rule", "# aws-vault-doctor: ignore some-rule"],
    ["bash", `# aws-vault-doctor: ignore ${SECRET_KEY}`, "# ~ ~ ~"],
    ["bash", "mysql -psecret --password=secret", "~ ~ ~"],
    ["bash", "AWS_PROFILE=x PGPASSWORD=y psql", "AWS_PROFILE=~ PGPASSWORD=~ ~"],
    ["bash", "if [ -f x ] && true; then y; fi", "if [ -f ~ ] && true; then ~; fi"],
    ["bash", "f() { unset AWS_X; }", "f() { unset AWS_X; }"],
    ["bash", "alias x='y z'", "alias x='y z'"],
    ["bash", "cat <<EOF\nsecret it's\nEOF", "~ <<~\n~ ~'~\n~"],
    ["bash", `${SECRET_KEY.replaceAll("/", "")}=`, "~"],
    ["bash", `alias ${KEY_ID}=x`, "alias ~"],
    ["bash", `export ${KEY_ID}`, "export ~"],
    ["bash", "case secret in secret) ;; esac", "case ~ in ~) ;; esac"],
    ["bash", "tokens=(a b)", "tokens=~ ~"],
    ["bash", "echo 'unfinished", "echo '~"],
    ["zsh", "typeset -gx AWS_X=1 TOKEN=2", "typeset -gx AWS_X=1 TOKEN=~"],
    ["fish", "set -gx AWS_PROFILE dev; set -x TOKEN 'a b'", "set -gx AWS_PROFILE dev; set -x TOKEN '~ ~'"],
    ["fish", "function f -a secret; end", "function f ~ ~; end"],
    ["fish", "set -x AWS_TOKEN secret secret", "set -x AWS_TOKEN ~ ~"],
    ["fish", `alias x '${SECRET_KEY}'`, `alias x '${SECRET_KEY}'`],
  ] as const) {
    test(`${shell}: ${text.split("\n")[0]}`, () => expect(squeezed(shell, text)).toBe(expected));
  }

  test("no key is left in a whole file", () => {
    const { masked } = read("bash", RC.join("\n"));
    expect(masked).not.toContain(KEY_ID);
    expect(masked).not.toContain(SECRET_KEY);
    expect(masked).toContain("export AWS_REGION=eu-west-1");
  });
});

const SHELLS: readonly Shell[] = ["sh", "bash", "zsh", "fish"];

/** Texts that reach far into the reader: its own words in any order, and now and then anything at all. */
const PIECES =
  `export|unset|alias|set|declare|-x|-gx|--|AWS_X|=|+=|1|"|'|$|$(|$((|\${|\`|(|)|((|{|}|[[|]]|<<|<<-EOF|EOF|<<<|<(|;|;;|&|&&|\\||>|2>|#|\\|\n|\r\n|\t| | |if|then|else|fi|case|in|esac|for|do|done|function|f()|begin|end|switch|command|\0|é|😀|\ud83d`
    .split(/(?<!\\)\|/)
    .map((piece) => (piece === "\\|" ? "|" : piece));
const texts = oneof(
  {
    weight: 3,
    arbitrary: array(constantFrom(...PIECES, " ", "\n"), { maxLength: 60 }).map((pieces) => pieces.join("")),
  },
  { weight: 1, arbitrary: array(constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(" ")) },
  string({ unit: "binary" }),
);

const hide: typeof show = (_name, value) => ({ value: dotted(value), hidden: traitsOf(value) });

describe("any text", () => {
  test("is read without failing, with every span inside it and a mask of its length", () => {
    assert(
      property(texts, constantFrom(...SHELLS), (text, shell) => {
        const { statements: list, masked } = read(shell, text);
        expect(masked.length).toBe(text.length);
        const lines = text.split("\n");
        for (const { at, nameAt } of list) {
          const [whole, name] = [at.span!, nameAt.span!];
          expect(0 <= whole.start && whole.start <= name.start && name.start <= name.end).toBe(true);
          expect(name.end <= whole.end && whole.end <= text.length).toBe(true);
          for (const { start, line: row, column } of [whole, name])
            expect(lines.slice(0, row - 1).join("\n").length + (row > 1 ? 1 : 0) + column - 1).toBe(start);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test("keeps no key, whatever stands in front of it", () => {
    assert(
      property(constantFrom(...SHELLS), texts, (shell, before) => {
        const text = `${before} ${SECRET_KEY} export AWS_X=${SECRET_KEY} '${KEY_ID}' `;
        const { statements: list, masked } = statements("/x", shell, text, hide);
        expect(masked).not.toContain(SECRET_KEY);
        expect(masked).not.toContain(KEY_ID);
        expect(JSON.stringify(list)).not.toContain(SECRET_KEY);
        expect(JSON.stringify(list)).not.toContain(KEY_ID);
      }),
      { numRuns: 2000 },
    );
  });

  const NASTY = [
    "(",
    "((",
    "$(",
    "$((",
    "${",
    '"$(',
    "`",
    "'",
    '"',
    "\\",
    "\\\n",
    "{ ",
    "f() {",
    "case x in ",
    "case ",
    "$(case x in ",
    "<<E\n",
    "<<-E ",
    "<<",
    "export ",
    "export AWS_X=1 ",
    "AWS_X=1;",
    "AWS_X=1 ",
    "A",
    "a[",
    "a[;",
    "=",
    "alias x=y ",
    "unset AWS_X\n",
    "if ",
    "then ",
    "} ",
    ") ",
    "#",
    "# -- ",
    "\n",
    "\t",
    " ",
    "\r",
    "\0",
    "function ",
    "begin;",
    "end;",
    "set -x AWS_X 1;",
    "set -e AWS_X ",
    "1>",
    "&",
    "a( ",
    "AWS",
    "$'\\x",
    "<(",
    "x=(",
    "a=( # ",
    "export -x",
  ];
  for (const shell of ["bash", "zsh", "fish"] as const) {
    test(`${shell}: ten times the text takes about ten times as long`, { timeout: 120_000 }, () => {
      for (const piece of NASTY) {
        const most =
          30 *
          Math.max(
            2,
            cost(() => read(shell, piece.repeat(Math.ceil(10_000 / piece.length))), 2),
          );
        // Below some milliseconds the clock and the garbage collector decide.
        expect(
          cost(() => read(shell, piece.repeat(Math.ceil(100_000 / piece.length))), most - 1),
          JSON.stringify(piece),
        ).toBeLessThan(most);
      }
    });
  }
  test("a megabyte on one line is read", () => {
    for (const shell of SHELLS) {
      const { masked } = read(shell, `export AWS_X=${"a".repeat(1_000_000)}`);
      expect(masked.length).toBe(1_000_013);
    }
  });
});

/** The help of the command line. */
import { DEFAULT_STEPS } from '../analysis/analyse.ts';
import { LINE_WIDTH } from '../features/format.ts';
import type { Command } from './usage.ts';

const WORKSPACE = `
  --workspace DIR   The folder no file may name its way out of. Default: the Git working tree
                    around each path; without one the current folder, or the path's own.`;
const HELP_OPTION = `
  -h, --help        Show this help.`;
const COMMON = `${WORKSPACE}
  --color           Colour even where the output is no terminal.
  --no-color        No colour. The environment variable NO_COLOR does the same.${HELP_OPTION}`;

const HELP = {
  check: `
Usage: clinical-rules check PATH… [--format text|json|sarif] [--as-of DATE] [--witness DIR]
                            [--budget STEPS]
       clinical-rules check --explain CODE

Checks rule sets (*.clinical.json) and sample patients (*.patient.json). Each PATH is a file or
a folder, which is searched with all folders below it. A file is checked with everything it
uses or extends. Every rule set among the PATHs (not a library) is then analysed as a whole, for
every patient in scope: rules that conflict, patients without an answer, rules that never
matter. What was proved is said, and what was not and why.

Options:
  --format FORMAT   text (default): for people. json: for programs. sarif: SARIF 2.1.0, for code
                    hosts, which show it beside the lines.
  --as-of DATE      The date against which review and waiver dates are held, as 2026-11-22.
                    Default: today.
  --witness DIR     Write the patient who shows a finding to DIR, one file a finding, named after
                    it. What is there stays. The folder is made if it is not there.
  --budget STEPS    How many steps the analysis of one rule set may take; the same everywhere,
                    whatever the machine. Default: ${DEFAULT_STEPS}. What is not settled by then is listed
                    as not proved.
  --explain CODE    Tell what a finding of this code means and what to do, and stop.${COMMON}

Exit codes:
  0  no errors (warnings and waived findings do not count)
  1  at least one error
  2  wrong use

Examples:
  clinical-rules check samples
  clinical-rules check --format json --as-of 2026-11-22 rules/clearance.clinical.json
  clinical-rules check --witness witnesses rules/clearance.clinical.json
  clinical-rules check --explain conflicting-effects`,
  run: `
Usage: clinical-rules run RULESET PATIENT… [--format text|json|markdown|html]

Runs each PATIENT (*.patient.json, or a folder of them) through the rule set with everything it
uses. The clock is never read: time is the patient's own "asOf".

Options:
  --format FORMAT   text (default): the decision first, then why, scores, precautions by site,
                    what is missing, sources. json: a list with one outcome a patient, with the
                    trace of every rule. markdown, html: a document for a review, with scores,
                    reasons, sources and the rule set's version.${COMMON}

Exit codes:
  0  every patient was run
  1  the rule set has errors, or a patient file cannot be read: nothing is run, the findings are
     written to standard error
  2  wrong use

Examples:
  clinical-rules run samples/news2/news2.clinical.json samples/news2/unwell.patient.json
  clinical-rules run --format json rules/clearance.clinical.json patients
  clinical-rules run --format html rules/clearance.clinical.json patients > review.html`,
  test: `
Usage: clinical-rules test PATH… [--format text|json|junit|github] [--watch]
                           [--coverage text|lcov|cobertura]… [--coverage-dir DIR]

Runs every sample patient that has something under "expected", and every row of its table of cases,
and tells each difference at the line that expects it. Each PATH is a patient, a folder of them, or
a rule set, which stands for all patients of the workspace that are meant for it. The clock is
never read: time is the patient's own "asOf".

Options:
  --format FORMAT   text (default): what fails, then the numbers. json: for programs. junit: the
                    XML that continuous integration servers read. github: messages that GitHub
                    shows beside the lines.
  --watch           Run again whenever a file changes, until stopped.
  --coverage HOW    Tell what of each rule set the cases show: rules fired, ruled out and
                    undetermined, every condition true, false and unknown, every threshold, band and
                    effect, every boundary from just below, at and just above. text: after the
                    results, with all that no case shows. lcov, cobertura: in files. May be given
                    several times.
  --coverage-dir DIR  Where lcov.info and cobertura.xml are written. Default: coverage.${COMMON}

Exit codes:
  0  every case passes
  1  a case fails, or cannot be run because of errors in its files
  2  wrong use, or nothing to test

Examples:
  clinical-rules test samples
  clinical-rules test --format junit samples/curb-65 > results.xml
  clinical-rules test --coverage text --coverage lcov samples/curb-65
  clinical-rules test --watch rules/clearance.clinical.json`,
  explain: `
Usage: clinical-rules explain RULESET…

Says all that a rule set and what it uses say, in plain words, as Markdown: to whom it applies,
what is recorded of a patient, scores as tables, thresholds, decisions, precautions by site, rules
as sentences, notes and waivers, each with its source.

Options:${WORKSPACE}${HELP_OPTION}

Exit codes:
  0  everything was told
  1  a rule set has errors: what can be read is told, and the files with errors are named on
     standard error
  2  wrong use

Example:
  clinical-rules explain samples/curb-65/curb-65.clinical.json > curb-65.md`,
  mutate: `
Usage: clinical-rules mutate PATH… [--format text|json] [--cases DIR]

Changes one thing of a file at a time: a bound by one of its last digit, at least to above, a unit,
all to any, points, a band, a site, an effect, an override, a rule disabled. Tells the changes that
no sample patient notices, with a patient who would. What is written in a file is changed once; any
case of any rule set that uses the file may notice it. Changes that no case could tell are
proved so and left out. PATHs are as for test. Proposed expectations count for nothing here.
Stopped with Ctrl-C it tells what was tried so far.

Options:
  --format FORMAT   text (default): what is not noticed, by file, then the numbers. json: every
                    mutant.
  --cases DIR       Write to the folder a patient for each change that is not noticed, with what the
                    rule set says now as proposed expectations, to be confirmed.${COMMON}

Exit codes:
  0  every change is noticed, or proved to make no difference
  1  a change is not noticed or not settled, a case fails without any change, or it was stopped
  2  wrong use, or nothing to test

Examples:
  clinical-rules mutate samples/wells
  clinical-rules mutate --format json rules/clearance.clinical.json`,
  cases: `
Usage: clinical-rules cases RULESET [--out FILE] [--format text|json]

Makes the sample patients that a rule set still lacks: the fewest who, with those there are, show each
rule fired, ruled out and undetermined, each condition true, false and unknown, each condition alone
deciding (MC/DC), each band and effect, and each bound from just below, at and just above. What nobody
can show is proved so and left out; what was not found is said. They are one file: a patient, and a
table of cases that differ from it; where your own cases all rest on one base, that patient extends
it. What they expect is only what the rule set answers now: it is marked as proposed, and each is a
finding until you have confirmed it.

Options:
  --out FILE        write the cases to FILE, a *.patient.json that is not there yet. Without it
                    nothing is written: the cases are shown, and which two show each condition
                    to matter
  --format FORMAT   text (default) or json.${COMMON}

Exit codes:
  0  nothing is lacking, or cases were made for all that is
  1  for something neither a patient nor a proof was found, or the rule set has errors
  2  wrong use, or the file is there already

Examples:
  clinical-rules cases samples/wells/wells.clinical.json
  clinical-rules cases rules/clearance.clinical.json --out rules/patients/made.patient.json`,
  format: `
Usage: clinical-rules format PATH… [--check] [--width COLUMNS]

Lays out rule sets and sample patients, as the editor does. Each PATH is a file or a folder, which
is searched with all folders below it. Only blanks and line breaks change. What is written on one
line stays there while it fits; what is written on several stays on several.

Options:
  --check           Change nothing; name the files that would change.
  --width COLUMNS   How wide a line may be. Default: ${LINE_WIDTH}.${WORKSPACE}${HELP_OPTION}

Exit codes:
  0  every file is laid out
  1  with --check, a file is not laid out; or a file cannot be read, or is no sound JSON and was
     left as it is
  2  wrong use

Examples:
  clinical-rules format rules
  clinical-rules format --check samples`,
  import: `
Usage: clinical-rules import RULESET FILE [--out DIR] [--as-of DATE] [--format text|json]

Reads FILE as sample patients for the rule set, and tells what was taken over, from where, and what
was left out and why. FILE is a FHIR R4 bundle (JSON), or a CSV file (*.csv) with one patient a row
and facts as headings. Nothing is guessed: what is not taken over stays unknown. Names, dates of
birth, record numbers and ids are never taken over.

Options:
  --out DIR         Write the patients to DIR, one file each: imported-1.patient.json and so on. A
                    file that is there is never overwritten. Without it only the report is written.
  --as-of DATE      The day the patients are described for, as 2026-11-22. Default: of a bundle its
                    own moment, or the latest date in it; of a CSV file the column asOf.
  --format FORMAT   text (default): the report, as Markdown. json: for programs, with the patients.${WORKSPACE}${HELP_OPTION}

Exit codes:
  0  every patient was read; what was left out is in the report
  1  the rule set has errors; or the file, or a patient in it, cannot be read
  2  wrong use

Examples:
  clinical-rules import rules/clearance.clinical.json bundle.json
  clinical-rules import rules/clearance.clinical.json bundle.json --out patients
  clinical-rules import rules/clearance.clinical.json table.csv --as-of 2026-11-22`,
  all: `
Clinical Rules: check clinical rule sets written as JSON, and run sample patients through them.

Usage: clinical-rules COMMAND [options]

Commands:
  check PATH…             Check rule sets and sample patients; exit code 1 if there are errors.
  run RULESET PATIENT…    Run sample patients through a rule set.
  test PATH…              Hold sample patients against what they expect.
  explain RULESET…        Say in plain words all that a rule set says, as Markdown.
  mutate PATH…            Tell which changes of a rule set its sample patients would not notice.
  cases RULESET           Make the sample patients that a rule set still lacks, as a proposal.
  format PATH…            Lay out rule sets and sample patients.
  import RULESET FILE     Make sample patients of a FHIR bundle or a CSV file.
  help [COMMAND]          Show help, for all or for one command.

Options:
  -h, --help              Show help; after a command, that command's.
  -v, --version           Show the version.

clinical-rules help COMMAND tells of all options, exit codes and examples of a command.`,
};

export function helpText(about: Command | undefined): string {
  return `${HELP[about ?? 'all'].trim()}\n`;
}

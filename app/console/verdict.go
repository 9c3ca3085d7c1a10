package console

import (
	"fmt"
	"strings"

	"shopbell/providers/signature"
)

// verdict prints v for a person: the result, then how it was found, then why.
func (t *terminal) verdict(v signature.Verdict) {
	t.line(t.paint(v.Tone(), v.Outcome.Symbol(v.Cover)+" "+clean(v.Title())))
	t.line("  " + clean(v.Says()))
	if v.Secret != "" {
		t.line("  secret:  " + clean(v.Secret))
	}
	if len(v.Covered) > 0 {
		t.line("  covered: " + clean(strings.Join(v.Covered, ", ")))
	}
	for _, step := range v.Steps {
		t.step(step)
	}
	if v.Diagnosis != nil {
		t.diagnosis(v.Diagnosis)
	}
}

func (t *terminal) step(step signature.Step) {
	symbol := t.paint(signature.Good, "✓")
	if !step.OK {
		symbol = t.paint(signature.Bad, "✕")
	}
	t.line("  " + symbol + " " + clean(step.Name))
	for line := range strings.Lines(step.Evidence) {
		t.line("    " + clean(strings.TrimSuffix(line, "\n")))
	}
}

func (t *terminal) diagnosis(d *signature.Diagnosis) {
	t.line(fmt.Sprintf("%s %s (%s)", t.bold("Why:"), clean(d.Says), d.Cause))
	for line := range strings.Lines(d.Evidence) {
		t.line("     " + clean(strings.TrimSuffix(line, "\n")))
	}
	if d.Do != "" {
		t.line(t.bold("Do:  ") + clean(d.Do))
	}
	if len(d.Tried) > 0 {
		t.line("Tried: " + clean(strings.Join(d.Tried, "; ")))
	}
}

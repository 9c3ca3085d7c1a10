package console

import (
	"fmt"
	"strings"

	"shopbell/providers/signature"
)

// verdictJSON is the object of "verify --json". All fields but variant and
// diagnosis are always there.
type verdictJSON struct {
	Provider  string               `json:"provider"`
	Outcome   signature.Outcome    `json:"outcome"`
	Cover     signature.Cover      `json:"cover"`
	Covered   []string             `json:"covered"`
	Secret    string               `json:"secret"`
	Variant   string               `json:"variant,omitempty"`
	Steps     []signature.Step     `json:"steps"`
	Diagnosis *signature.Diagnosis `json:"diagnosis,omitempty"`
}

func verdictObject(v signature.Verdict) verdictJSON {
	return verdictJSON{
		Provider: v.Provider, Outcome: v.Outcome, Cover: v.Cover, Covered: list(v.Covered),
		Secret: v.Secret, Variant: v.Variant, Steps: list(v.Steps), Diagnosis: v.Diagnosis,
	}
}

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
	if d.Do != "" {
		t.line(t.bold("Do:  ") + clean(d.Do))
	}
	if len(d.Tried) > 0 {
		t.line("Tried: " + clean(strings.Join(d.Tried, "; ")))
	}
}

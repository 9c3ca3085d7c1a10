package console

import (
	"fmt"
	"strings"
	"time"

	"shopbell/providers"
	"shopbell/providers/signature"
)

type providersCommand struct {
	Show   providersShowCommand   `cmd:"" default:"withargs" help:"List the known providers, or show one in full."`
	New    providersNewCommand    `cmd:"" help:"Describe a provider of your own, from one genuine delivery and its secret."`
	Schema providersSchemaCommand `cmd:"" help:"Print the JSON Schema of a provider's file, for editors."`
}

type providersShowCommand struct {
	ID   string `arg:"" optional:"" name:"id" help:"Show this provider in full."`
	JSON bool   `help:"Print JSON, one object per line."`
}

type providersSchemaCommand struct{}

// Run prints the schema.
func (c *providersSchemaCommand) Run(s *session) error {
	s.out.write(providers.Schema())
	return s.out.err()
}

// Run prints the catalogue, or one provider of it.
func (c *providersShowCommand) Run(s *session) error {
	catalog, err := s.catalog()
	if err != nil {
		return err
	}
	if c.ID != "" {
		return c.one(s, catalog)
	}
	if c.JSON {
		for _, p := range catalog.All() {
			if err := s.out.object(describe(p)); err != nil {
				return err
			}
		}
		return nil
	}
	var rows [][]cell
	for _, p := range catalog.All() {
		rows = append(rows, []cell{plain(p.ID), {text: short(clean(p.Name), 44) + ownMark(p)}, plain(p.SchemeKind), toned(toneOf(p), coverOf(p)), {text: clean(p.Docs)}})
	}
	s.out.table([]string{"ID", "NAME", "SCHEME", "COVERS", "DOCS"}, rows)
	return s.out.err()
}

func (c *providersShowCommand) one(s *session, catalog providers.Catalog) error {
	p, err := provider(catalog, c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return s.out.object(describe(p))
	}
	s.out.line(s.out.bold(p.Name) + " (" + p.ID + ")")
	for _, fact := range facts(p) {
		if fact[1] != "" {
			s.out.line(fmt.Sprintf("  %-11s %s", fact[0], fact[1]))
		}
	}
	for _, e := range p.Examples {
		s.out.line(fmt.Sprintf("  %-11s %s %s", "example", e.Event, e.At.UTC().Format(time.RFC3339)))
		s.out.line(fmt.Sprintf("  %-11s origin: %s", "", e.Origin))
	}
	return s.out.err()
}

// facts are the lines about a provider in the order of a person's questions.
func facts(p providers.Provider) [][2]string {
	return [][2]string{
		{"yours", strings.Trim(ownMark(p), " ()")},
		{"category", p.Category},
		{"scheme", p.SchemeKind},
		{"covers", coverOf(p)},
		{"docs", p.Docs},
		{"known from", knownFrom(p)},
		{"secret", p.SecretWhere},
		{"tolerance", toleranceOf(p)},
		{"answer in", durationOf(p.AnswerWithin)},
		{"advice", p.Advice},
	}
}

// ownMark follows the name of a provider out of the user's folder.
func ownMark(p providers.Provider) string {
	switch {
	case p.Replaces:
		return " (yours, in place of the built-in one)"
	case p.Own:
		return " (yours)"
	}
	return ""
}

func knownFrom(p providers.Provider) string {
	switch p.Sure {
	case "primary":
		return "the provider's own documentation or source"
	case "secondary":
		return "other people's documentation"
	}
	return p.Sure
}

func toleranceOf(p providers.Provider) string {
	text := durationOf(p.Tolerance)
	if text != "" && p.OwnTolerance {
		text += " (our choice, the provider gives no number)"
	}
	return text
}

func durationOf(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%g s", d.Seconds())
}

// judged is the verdict on a provider's own first example: the shortest true
// answer to what its signature covers.
func judged(p providers.Provider) signature.Verdict {
	if len(p.Examples) == 0 {
		return signature.Verdict{}
	}
	e := p.Examples[0]
	var secrets []signature.Secret
	if e.Secret != "" {
		secrets = append(secrets, signature.NewSecret("#1", e.Secret))
	}
	return p.Judge(e.Message, secrets, e.At)
}

// coverOf says what p's signature covers, in a few words.
func coverOf(p providers.Provider) string {
	v := judged(p)
	switch {
	case !p.Signs:
		return "nothing: no signature"
	case v.Cover == signature.CoverNone:
		return "nothing: a shared token"
	case v.Cover == signature.CoverFields:
		return "only " + strings.Join(v.Covered, ", ")
	}
	return string(v.Cover)
}

func toneOf(p providers.Provider) signature.Tone {
	v := judged(p)
	return v.Outcome.Tone(v.Cover)
}

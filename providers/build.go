package providers

import (
	"fmt"
	"net/url"
	"regexp"
	"time"
)

var (
	idForm     = regexp.MustCompile(`^[a-z0-9][a-z0-9_]*$`)
	colourForm = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

// check tells what a file lacks or has wrong: the key, and a sentence.
func (f file) check(whose owner) (key, problem string) {
	docs, err := url.Parse(f.Docs)
	signs := f.Scheme.Kind != kindUnsigned
	switch {
	case !idForm.MatchString(f.ID):
		return "id", fmt.Sprintf("id %q, expected small letters, digits and underscores", f.ID)
	case f.Name == "":
		return "name", "name is missing, expected the provider's name"
	case f.Category == "":
		return "category", "category is missing, expected a word like payments"
	case err != nil || docs.Scheme != "https" || docs.Host == "":
		return "docs", fmt.Sprintf("docs %q, expected the https address of the provider's page on webhooks", f.Docs)
	case f.Sure != "primary" && f.Sure != "secondary":
		return "sure", fmt.Sprintf("sure %q, expected primary or secondary", f.Sure)
	case f.Mark == "" || len([]rune(f.Mark)) > 2:
		return "mark", fmt.Sprintf("mark %q, expected one or two letters", f.Mark)
	case !colourForm.MatchString(f.Colour):
		return "colour", fmt.Sprintf("colour %q, expected one like #1f6feb", f.Colour)
	case signs && f.SecretWhere == "":
		return "secret_where", "secret_where is missing, expected where the provider shows the secret"
	case f.LocalFault != 0 && (f.LocalFault < 500 || f.LocalFault > 599):
		return "local_fault", fmt.Sprintf("local_fault %d, expected a status from 500 to 599", f.LocalFault)
	case len(f.Example) == 0 && whose == builtInFile:
		return "[[example]]", "no [[example]], expected at least one genuine delivery"
	}
	if key, problem := f.Scheme.check(); problem != "" {
		return key, problem
	}
	if key, problem := f.checkHandshakes(); problem != "" {
		return key, problem
	}
	return f.checkRules()
}

func (f file) checkRules() (key, problem string) {
	for _, set := range []struct {
		key   string
		rules labelRules
	}{{"event", f.Event}, {"delivery", f.Delivery}, {"hint", f.Hint}, {"note", f.Note}} {
		for _, r := range set.rules {
			if err := r.check(); err != nil {
				return "[[" + set.key + "]]", err.Error()
			}
		}
	}
	for _, set := range []struct {
		key   string
		rules rules
	}{{"relay", f.Relay}, {"detect", f.Detect}} {
		for _, r := range set.rules {
			if len(r.When) == 0 {
				return "[[" + set.key + "]]", "when is missing in [[" + set.key + "]], expected at least one condition"
			}
		}
	}
	return "", ""
}

// provider makes the provider that the file describes, but for its examples.
func (f file) provider() (Provider, error) {
	scheme, err := f.Scheme.scheme()
	if err != nil {
		return Provider{}, err
	}
	p := Provider{
		ID: f.ID, Name: f.Name, Category: f.Category, Docs: f.Docs, Sure: f.Sure,
		Mark: f.Mark, Colour: f.Colour, SecretWhere: f.SecretWhere, Advice: f.Advice,
		Scheme: scheme, SchemeKind: string(f.Scheme.Kind), Signs: f.Scheme.Kind != kindUnsigned,
		AnswerWithin: time.Duration(f.AnswerWithin), LocalFault: f.LocalFault, Personal: f.Personal,
		events: f.Event, deliveries: f.Delivery, hints: f.Hint, notes: f.Note,
		relays: f.Relay, detect: f.Detect,
		handshakes: f.Handshake, reply: f.Reply,
	}
	if p.detect == nil {
		p.detect = derivedRules(scheme)
	}
	if ts := f.Scheme.Timestamp; ts != nil {
		p.Tolerance, p.OwnTolerance = time.Duration(ts.Tolerance), ts.Ours
	}
	return p, nil
}

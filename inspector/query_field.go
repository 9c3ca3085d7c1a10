package inspector

import (
	"fmt"
	"strings"
	"time"

	"shopbell/providers/signature"
)

const queryFields = "provider, endpoint, event, outcome, status, path, id, header.NAME, body.PATH, size, since, until, is"

// term makes the condition that w stands for.
func (w queryWord) term(now time.Time) (queryTerm, error) {
	if w.field == "" {
		return wordTerm(w)
	}
	// What follows "header." and "body." is not ours to fold.
	head, name, dotted := strings.Cut(w.field, ".")
	field := strings.ToLower(head)
	if dotted {
		return w.partTerm(field, name)
	}
	if w.value == "" && !w.quoted {
		return queryTerm{}, fmt.Errorf("search field %q has no value after the colon", w.field)
	}
	switch field {
	case "provider":
		return w.anyOf(func(v string) bool { return true }, func(s *Summary, v string) bool { return strings.EqualFold(s.Provider, v) },
			func(v string) Clue { return termClue(termProvider, v) })
	case "endpoint":
		return w.textTerm(termEndpoint, func(s *Summary) string { return s.Endpoint })
	case "event":
		return w.textTerm(termEvent, func(s *Summary) string { return s.Event })
	case "path":
		return w.single(func(s *Summary) string { return s.Path })
	case "id":
		return w.idTerm(), nil
	case "outcome":
		return w.outcomeTerm()
	case "status":
		return w.statusTerm()
	case "size":
		return w.sizeTerm()
	case "since", "until":
		return w.timeTerm(field, now)
	case "is":
		return w.isTerm()
	}
	return queryTerm{}, w.unknownField()
}

func (w queryWord) unknownField() error {
	return fmt.Errorf("search field %q is not known, expected one of %s; put %q in quotes to look for the text",
		w.field, queryFields, w.text)
}

func (w queryWord) partTerm(field, name string) (queryTerm, error) {
	switch {
	case field != "header" && field != "body":
		return queryTerm{}, w.unknownField()
	case name == "":
		return queryTerm{}, fmt.Errorf("search field %q has no name after the dot, expected %s.NAME", w.field, field)
	case field == "header":
		return queryTerm{
			needs: []Need{{{Text: name}}, {{Text: w.value}}},
			whole: func(c *Capture) bool { return w.inHeader(c, name) },
		}, nil
	}
	return w.bodyTerm(name)
}

// alternatives are the values between commas; a quoted value is one.
func (w queryWord) alternatives() []string {
	if w.quoted {
		return []string{w.value}
	}
	return strings.Split(w.value, ",")
}

// anyOf holds when one of the alternatives does; clue is what a capture has for
// which the alternative holds.
func (w queryWord) anyOf(valid func(string) bool, holds func(*Summary, string) bool, clue func(string) Clue) (queryTerm, error) {
	values := w.alternatives()
	var need Need
	for _, v := range values {
		if v == "" && !w.quoted || !valid(v) {
			return queryTerm{}, w.badValue("a value")
		}
		need = append(need, clue(v))
	}
	return queryTerm{needs: []Need{need}, brief: func(s *Summary) bool {
		for _, v := range values {
			if holds(s, v) {
				return true
			}
		}
		return false
	}}, nil
}

func (w queryWord) badValue(expected string) error {
	return fmt.Errorf("search value %q in %q, expected %s", w.value, w.text, expected)
}

// textTerm compares a text, with alternatives; kind is that of its terms.
func (w queryWord) textTerm(kind string, of func(*Summary) string) (queryTerm, error) {
	holds := func(s *Summary, v string) bool { return matchText(of(s), v, w.quoted) }
	return w.anyOf(func(string) bool { return true }, holds, func(v string) Clue {
		if w.quoted {
			return termClue(kind, v)
		}
		return Clue{Text: v}
	})
}

// single compares a text in which a comma is a comma.
func (w queryWord) single(of func(*Summary) string) (queryTerm, error) {
	return queryTerm{needs: w.textNeeds(), brief: func(s *Summary) bool { return matchText(of(s), w.value, w.quoted) }}, nil
}

// idTerm looks at the delivery id and at our own.
func (w queryWord) idTerm() queryTerm {
	return queryTerm{needs: w.textNeeds(), brief: func(s *Summary) bool {
		return matchText(s.DeliveryID, w.value, w.quoted) || matchText(s.ID.String(), w.value, w.quoted)
	}}
}

func (w queryWord) outcomeTerm() (queryTerm, error) {
	known := func(v string) bool {
		switch signature.Outcome(strings.ToLower(v)) {
		case signature.Verified, signature.Stale, signature.Mismatch, signature.Missing,
			signature.Malformed, signature.NoSecret, signature.Unsigned:
			return true
		}
		return false
	}
	t, err := w.anyOf(known, func(s *Summary, v string) bool { return strings.EqualFold(string(s.Outcome), v) },
		func(v string) Clue { return termClue(termOutcome, v) })
	if err != nil {
		return t, w.badValue("verified, stale, mismatch, missing, malformed, no_secret or unsigned")
	}
	return t, nil
}

func (w queryWord) isTerm() (queryTerm, error) {
	switch strings.ToLower(w.value) {
	case "pinned":
		return stateTerm(termIs, "pinned", func(s *Summary) bool { return s.Pinned }), nil
	case "held":
		return stateTerm(termState, string(Held), func(s *Summary) bool { return s.State == Held }), nil
	case "waiting":
		return stateTerm(termState, string(Waiting), func(s *Summary) bool { return s.State == Waiting }), nil
	case "duplicate":
		return stateTerm(termIs, "again", func(s *Summary) bool { return s.Again != nil }), nil
	}
	return queryTerm{}, w.badValue("pinned, held, waiting or duplicate")
}

func stateTerm(kind, value string, holds func(*Summary) bool) queryTerm {
	return queryTerm{needs: []Need{{termClue(kind, value)}}, brief: holds}
}

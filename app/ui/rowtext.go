package ui

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/providers"
	"shopbell/providers/signature"
)

// rowText is what a row of the list says of one capture.
type rowText struct {
	symbol string
	tone   signature.Tone
	title  string
	time   string
	second string
	state  string // at the right of the second line
	// stateTone colours state; a word says the same.
	stateTone signature.Tone
	strange   bool // the second line begins with a warning
	pinned    bool
}

// spoken is the row as one sentence.
func (t rowText) spoken() string {
	parts := []string{t.title, t.second, t.state, t.time}
	if t.pinned {
		parts = append(parts, lang.L("pinned"))
	}
	return strings.Join(parts, ", ")
}

// describe puts a row's words together.
func describe(r row, catalog providers.Catalog, now time.Time) rowText {
	s := &r.Summary
	t := rowText{
		symbol: s.Outcome.Symbol(s.Cover), tone: s.Outcome.Tone(s.Cover),
		title: rowTitle(s, catalog), time: clockText(s.Received, now), pinned: s.Pinned,
	}
	switch {
	case s.Outcome == "": // nobody was asked
		t.symbol, t.tone = "–", signature.Neutral
	case s.Handshake != "" && !failed(s.Outcome):
		t.symbol, t.tone = handshakeSign(s.Handshake)
	}
	t.second, t.strange = secondLine(r, catalog, now)
	t.state, t.stateTone = stateWords(s)
	return t
}

// handshakeSign is the sign of a provider's check of an endpoint.
func handshakeSign(h inspector.Handshake) (symbol string, tone signature.Tone) {
	if h == inspector.HandshakeRefused {
		return "!", signature.Caution
	}
	return "–", signature.Neutral
}

func rowTitle(s *inspector.Summary, catalog providers.Catalog) string {
	if s.Event != "" {
		return s.Event
	}
	if p, ok := catalog.Get(s.Provider); ok {
		return p.Name
	}
	return s.Method + " " + s.Path
}

// secondLine begins with what needs a person's eye, then says where the capture
// belongs and what is in it.
func secondLine(r row, catalog providers.Catalog, now time.Time) (line string, strange bool) {
	s := &r.Summary
	var parts []string
	if s.Again != nil && s.Again.Kind == inspector.SameIDOtherContent {
		parts, strange = append(parts, lang.L("same id, other content")), true
	}
	parts = append(parts, belongsTo(s, catalog))
	if s.Handshake != "" {
		parts = append(parts, handshakeWord(s.Handshake))
	}
	if s.OffersSecret {
		parts = append(parts, lang.L("offers a secret"))
	}
	if s.Outcome != "" && s.Outcome.Tone(s.Cover) != signature.Good && (s.Handshake == "" || failed(s.Outcome)) {
		parts = append(parts, summaryWord(s))
	}
	if again := againWords(r, now); again != "" {
		parts = append(parts, again)
	}
	return strings.Join(append(parts, contentWords(s)...), " · "), strange
}

// contentWords tell captures of one kind apart: a hint in words, the
// delivery's id, the size. A hint that is only the beginning of a body says less.
func contentWords(s *inspector.Summary) []string {
	body := strings.HasPrefix(s.Hint, "{") || strings.HasPrefix(s.Hint, "[") || strings.HasPrefix(s.Hint, "<")
	var words []string
	if s.Hint != "" && !body && s.Hint != s.Handshake.Says() {
		words = append(words, s.Hint)
	}
	if s.DeliveryID != "" {
		words = append(words, shortID(s.DeliveryID))
	} else if s.Hint != "" && body {
		words = append(words, strings.TrimLeft(s.Hint, "{[ "))
	}
	return append(words, bytesText(s.Size))
}

// belongsTo names the endpoint, or the provider where that says as much.
func belongsTo(s *inspector.Summary, catalog providers.Catalog) string {
	p, known := catalog.Get(s.Provider)
	switch {
	case s.Endpoint == "" && known:
		return lang.L("{{.Provider}}, no endpoint", map[string]any{"Provider": p.Name})
	case s.Endpoint == "":
		return lang.L("no endpoint")
	case s.Detected && known && !strings.Contains(strings.ToLower(s.Endpoint), strings.ToLower(p.Name)):
		return s.Endpoint + ": " + p.Name
	}
	return s.Endpoint
}

// againWords say which earlier capture is repeated.
func againWords(r row, now time.Time) string {
	if r.Again == nil {
		return ""
	}
	if r.first.IsZero() {
		return againOfGone(r.Again.Kind)
	}
	of := map[string]any{"Time": secondText(r.first, now)}
	switch r.Again.Kind {
	case inspector.Duplicate:
		return lang.L("duplicate of {{.Time}}", of)
	case inspector.SameContent:
		return lang.L("same content as {{.Time}}", of)
	}
	return lang.L("first seen {{.Time}}", of)
}

// againOfGone says that the earlier capture is no longer kept.
func againOfGone(kind inspector.AgainKind) string {
	switch kind {
	case inspector.Duplicate:
		return lang.L("duplicate of one that is gone")
	case inspector.SameContent:
		return lang.L("same content as one that is gone")
	}
	return lang.L("the first one is gone")
}

// stateWords say what became of the capture at the shop.
func stateWords(s *inspector.Summary) (string, signature.Tone) {
	tries := ""
	if s.Attempts > 1 {
		tries = fmt.Sprintf(" ⟳ %d", s.Attempts)
	}
	switch {
	case s.Handshake == inspector.HandshakeAnswered && s.State == inspector.Kept:
		return lang.L("answered"), signature.Neutral
	case s.Handshake == inspector.HandshakeRefused && s.State == inspector.Kept:
		return lang.L("refused"), signature.Caution
	case s.State == inspector.Held:
		return lang.L("held"), signature.Caution
	case s.Unknown && s.State == inspector.Waiting:
		return lang.L("answer unknown, waiting") + tries, signature.Caution
	case s.Unknown:
		return lang.L("answer unknown") + tries, signature.Caution
	case s.State == inspector.Waiting && s.Error != "":
		return lang.L("no answer, waiting") + tries, signature.Bad
	case s.State == inspector.Waiting && s.Status > 0:
		return lang.L("{{.Status}}, waiting", map[string]any{"Status": s.Status}) + tries, signature.Bad
	case s.State == inspector.Waiting:
		return lang.L("waiting"), signature.Caution
	case s.Status > 0:
		return fmt.Sprintf("%d · %s%s", s.Status, millisText(s.Millis), tries), look.StatusTone(s.Status)
	case s.Attempts > 0:
		return lang.L("no answer") + tries, signature.Bad
	}
	return lang.L("kept"), signature.Neutral
}

// comesAgain says when the queue tries a capture again.
func (t *rowText) comesAgain(next, now time.Time) {
	if next.After(now) {
		t.state = lang.L("{{.State}}, next {{.Time}}", map[string]any{"State": t.state, "Time": next.Local().Format(time.TimeOnly)})
	}
}

// shortID keeps both ends of a long id.
func shortID(id string) string {
	return cutMiddle(id, 12)
}

package console

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"shopbell/inspector"
	"shopbell/inspector/compare"
	"shopbell/providers"
	"shopbell/providers/signature"
)

type compareCommand struct {
	JSON   bool   `help:"Print one JSON object."`
	Reveal bool   `help:"Print personal data instead of hiding it."`
	A      string `arg:"" name:"id" help:"Id of a capture, or how it begins; with #N behind it the shop's answer to its Nth delivery."`
	B      string `arg:"" name:"other" help:"What to compare it with. The capture beside one of its own deliveries compares what was received with what was sent."`
}

// Run compares two captures, two answers of the shop, or what was received with
// what was sent. Formatting alone is no difference to the answer.
func (c *compareCommand) Run(s *session) error {
	catalog, kept, err := s.captures()
	if err != nil {
		return err
	}
	defer kept.close()
	a, err := kept.named(c.A)
	if err != nil {
		return err
	}
	b, err := kept.named(c.B)
	if err != nil {
		return err
	}
	left, right, err := sides(catalog, a, b, c.Reveal)
	if err != nil {
		return err
	}
	report, err := compare.Of(s.ctx, left, right)
	if err != nil {
		return err
	}
	if c.JSON {
		err = s.out.object(newComparison(a, b, report))
	} else {
		s.out.comparison(a, b, report)
	}
	if err == nil && report.Result() == compare.Different {
		err = errNo
	}
	if err != nil {
		return err
	}
	return s.out.err()
}

// compared is what one argument of the command names: a capture, or with number
// above 0 one of its deliveries.
type compared struct {
	capture inspector.Capture
	number  int
}

// named reads a capture by ID or ID#N.
func (a *archive) named(text string) (compared, error) {
	var c compared
	id, number, numbered := strings.Cut(text, "#")
	if numbered {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return c, wrongUse(fmt.Sprintf("the delivery in %q is %q, expected a number from 1 on", text, number), "\"shopbell show ID\" prints the deliveries of a capture, oldest first")
		}
		c.number = n
	}
	found, err := a.find(id)
	if err != nil {
		return c, err
	}
	if c.capture, err = a.show(found); err != nil {
		return c, err
	}
	if have := len(c.capture.Deliveries); c.number > have {
		return c, refused(fmt.Sprintf("capture %s has %d deliveries, no number %d", found, have, c.number), "")
	}
	return c, nil
}

func (c compared) delivery() inspector.Delivery { return c.capture.Deliveries[c.number-1] }

// sides are what is compared of a and b.
func sides(catalog providers.Catalog, a, b compared, reveal bool) (left, right compare.Side, err error) {
	switch {
	case a.number > 0 && b.number > 0:
		left, right = compare.OfAnswer(a.delivery()), compare.OfAnswer(b.delivery())
	case a.number == 0 && b.number == 0:
		left, right = a.request(catalog), b.request(catalog)
	case a.capture.ID != b.capture.ID:
		return left, right, wrongUse("an answer of the shop cannot be compared with another capture's request", "write #N behind both ids, or behind none")
	default:
		if left, err = a.sent(catalog); err == nil {
			right, err = b.sent(catalog)
		}
		if err != nil {
			return left, right, refused(oneLine(err), "compare it with the shop's log")
		}
	}
	if !reveal {
		left, right = a.mask(catalog, left), b.mask(catalog, right)
	}
	return left, right, nil
}

func (c compared) request(catalog providers.Catalog) compare.Side {
	p, _ := catalog.Get(c.capture.Provider)
	return compare.OfCapture(c.capture, p)
}

// sent is what was received, or what a delivery carried.
func (c compared) sent(catalog providers.Catalog) (compare.Side, error) {
	side := c.request(catalog)
	if c.number == 0 {
		return side, nil
	}
	var err error
	side.Message, err = inspector.SentOf(c.capture, c.delivery())
	return side, err
}

func (c compared) mask(catalog providers.Catalog, side compare.Side) compare.Side {
	p, _ := catalog.Get(c.capture.Provider)
	return side.Masked(p, nil)
}

// title names one side in a line.
func (c compared) title() string {
	if c.number == 0 {
		return fmt.Sprintf("%s  %s  %s  %s", c.capture.ID, c.capture.Received.Local().Format(time.DateTime), endpointOf(c.capture.Summary), c.capture.Event)
	}
	d := c.delivery()
	return fmt.Sprintf("%s#%d  %s  %s, %d", c.capture.ID, c.number, d.Sent.Local().Format(time.DateTime), d.Kind, d.Status)
}

// printed is how many differences a person gets to read; --json has more.
const printed = 100

// comparison prints a report for a person.
func (t *terminal) comparison(a, b compared, r *compare.Report) {
	t.line(t.bold("A") + "  " + strings.TrimRight(clean(a.title()), " "))
	t.line(t.bold("B") + "  " + strings.TrimRight(clean(b.title()), " "))
	t.line("")
	tone, symbol, says := resultWords(r)
	t.line(t.paint(tone, symbol+" "+says))
	if r.Forms != 0 {
		t.line("  written differently: " + r.Forms.String())
	}
	if r.A.Cut || r.B.Cut {
		t.line("  a body was cut at the limit of what is kept: the rest is not compared")
	}
	if r.First >= 0 {
		t.line(fmt.Sprintf("  bytes: the bodies differ from byte %d on, the last %d are the same; %d and %d in all", r.First, r.Tail, len(r.A.Message.Body), len(r.B.Message.Body)))
	}
	if says := signatureWords(r); says != "" {
		t.line("  signature: " + says)
	}
	left := printed
	for _, part := range []struct {
		title string
		view  *compare.View
	}{{"Head", r.HeadView}, {bodyTitle(r), r.BodyView()}} {
		if part.view != nil && len(part.view.Marks) > 0 {
			t.line("")
			t.line(t.bold(part.title))
			left = t.differences(part.view, left)
		}
	}
}

// resultWords are the result in a sentence.
func resultWords(r *compare.Report) (signature.Tone, string, string) {
	switch {
	case r.Result() == compare.Equal:
		return signature.Good, "✓", "Equal, byte for byte"
	case r.Result() == compare.SameMeaning && r.Breaks():
		return signature.Caution, "≈", "Same meaning, other bytes: the signature of one does not hold for the other"
	case r.Result() == compare.SameMeaning:
		return signature.Caution, "≈", "Same meaning, written in another way"
	}
	var counts []string
	for _, c := range []struct {
		n    int
		word string
	}{{r.Counts.Removed, "removed"}, {r.Counts.Added, "added"}, {r.Counts.Changed, "changed"}, {r.Counts.Moved, "moved"}} {
		if c.n > 0 {
			counts = append(counts, fmt.Sprintf("%d %s", c.n, c.word))
		}
	}
	if r.Body == compare.Different && r.BodyView() == nil {
		counts = append(counts, "the body, which is hidden: --reveal shows it")
	}
	return signature.Bad, "✕", "Different: " + strings.Join(counts, ", ")
}

// signatureWords tell which differences a signature covers, "" where nothing
// differs or there is none.
func signatureWords(r *compare.Report) string {
	all := r.Counts.Meaningful() + r.Counts.Formatted
	verified := ""
	if !r.A.Proved && !r.B.Proved {
		verified = ", by the provider's scheme; neither verified"
	}
	switch {
	case r.Result() == compare.Equal || r.A.Message.Method == "":
		return ""
	case len(r.A.Covered)+len(r.B.Covered) == 0:
		return "it covers nothing here"
	case r.Breaks() && r.Body == compare.SameMeaning:
		return "it covers the bytes of the body, so that of one side does not hold for the other" + verified
	case r.Signed == 0:
		return "it covers none of the differences" + verified
	}
	least := map[bool]string{true: "at least "}[r.SignedMore]
	return fmt.Sprintf("it covers %s%d of %d differences", least, r.Signed, all) + verified
}

func bodyTitle(r *compare.Report) string {
	switch {
	case r.Meaning != nil:
		return "Body, as " + map[compare.Syntax]string{compare.JSON: "JSON", compare.Form: "a form", compare.XML: "XML"}[r.Syntax]
	case r.Lines != nil:
		return "Body, by lines"
	}
	return "Body, by bytes"
}

// differences prints at most left of the differences of v and returns how many
// may still be printed.
func (t *terminal) differences(v *compare.View, left int) int {
	for n := range v.Marks {
		if left == 0 {
			t.line(fmt.Sprintf("  … and %d more: --json has up to %d", len(v.Marks)-n, listed))
			return 0
		}
		left--
		d, l := v.Difference(n), v.Line(int(v.Marks[n]))
		text := d.Place + "  "
		switch {
		case d.To != "":
			text += d.A + d.B + "  to " + d.To
		case d.Sign == compare.Removed.String():
			text += d.A
		case d.Sign == compare.Added.String():
			text += d.B
		default:
			text += d.A + " → " + d.B
		}
		if len(d.Forms) > 0 {
			text += "  (" + strings.Join(d.Forms, ", ") + ")"
		}
		if d.Signed {
			text += "  signed"
		}
		symbol := signSymbol(d.Sign, l.Sign)
		t.line(t.paint(signTone(d.Sign), "  "+symbol) + " " + clean(text))
	}
	return left
}

// signSymbol is the symbol of a difference: one that takes the place of another
// kind of value begins with a row that was removed.
func signSymbol(name string, row compare.Sign) string {
	if name == compare.Changed.String() {
		return compare.Changed.Symbol()
	}
	return row.Symbol()
}

func signTone(name string) signature.Tone {
	switch name {
	case compare.Removed.String():
		return signature.Bad
	case compare.Added.String():
		return signature.Good
	case compare.Formatted.String():
		return signature.Neutral
	}
	return signature.Caution
}

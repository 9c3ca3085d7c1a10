package ui

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/detail"
	"shopbell/app/ui/diffview"
	"shopbell/app/ui/look"
	"shopbell/inspector"
	"shopbell/inspector/compare"
	"shopbell/providers"
)

// comparingFor is how long one comparison may take.
const comparingFor = 30 * time.Second

// couple is what is compared: two sides with their headings, and the providers
// whose secrets and personal data are hidden.
type couple struct {
	left, right     compare.Side
	leftIs, rightIs diffview.Heading
	leftBy, rightBy providers.Provider
}

// comparison is the open stage that shows two messages side by side.
type comparison struct {
	window *Window
	view   *diffview.View
	sheet  *sheet
	life   context.Context
	load   func(context.Context) (couple, error)
	round  int // the number of the reading that is under way
}

// compareMarked shows the selected capture beside the marked one.
func (w *Window) compareMarked() {
	id, some := w.chosen()
	switch marked := w.marked.id; {
	case !some:
		w.openEmptyComparison(lang.L("No capture is selected"), lang.L("Select a capture and press M to mark it. Then select another and press D."))
	case marked == ulid.ULID{}:
		w.openUnmarked()
	case marked == id:
		w.openEmptyComparison(lang.L("This is the marked capture"), lang.L("Select another one and press D; M takes the mark off."))
	default:
		w.compareCaptures(marked, id)
	}
}

// compareCaptures shows two captures side by side.
func (w *Window) compareCaptures(left, right ulid.ULID) {
	w.openComparison(func(ctx context.Context) (couple, error) {
		a, err := w.engine.Store().Get(ctx, left)
		if err != nil {
			return couple{}, err
		}
		b, err := w.engine.Store().Get(ctx, right)
		if err != nil {
			return couple{}, err
		}
		p, q := w.providerOf(&a), w.providerOf(&b)
		return couple{
			left: compare.OfCapture(a, p), right: compare.OfCapture(b, q), leftBy: p, rightBy: q,
			leftIs: w.headingOf(&a), rightIs: w.headingOf(&b),
		}, nil
	})
}

// compareEarlier shows a capture beside the one that it repeats.
func (w *Window) compareEarlier(c inspector.Capture) {
	if c.Again != nil {
		w.compareCaptures(c.Again.Of, c.ID)
	}
}

// compareSent shows what was received beside what an attempt sent.
func (w *Window) compareSent(c inspector.Capture, attempt int) {
	w.openComparison(func(context.Context) (couple, error) {
		p := w.providerOf(&c)
		two := couple{left: compare.OfCapture(c, p), right: compare.OfCapture(c, p), leftBy: p, rightBy: p, rightIs: w.attemptHeading(&c, attempt)}
		two.leftIs = diffview.Heading{Title: lang.L("Received"), Says: w.headingOf(&c).Says}
		var err error
		two.right.Message, err = inspector.SentOf(c, c.Deliveries[attempt])
		return two, err
	})
}

// compareAnswers shows what the shop answered to two attempts.
func (w *Window) compareAnswers(c inspector.Capture, before, attempt int) {
	w.openComparison(func(context.Context) (couple, error) {
		p := w.providerOf(&c)
		return couple{
			left: compare.OfAnswer(c.Deliveries[before]), right: compare.OfAnswer(c.Deliveries[attempt]), leftBy: p, rightBy: p,
			leftIs: w.attemptHeading(&c, before), rightIs: w.attemptHeading(&c, attempt),
		}, nil
	})
}

func (w *Window) providerOf(c *inspector.Capture) providers.Provider {
	p, _ := w.engine.Catalog().Get(orElse(c.Verdict.Provider, c.Provider))
	return p
}

func (w *Window) headingOf(c *inspector.Capture) diffview.Heading {
	return diffview.Heading{
		Title: w.private.text(rowTitle(&c.Summary, w.engine.Catalog())),
		Says:  strings.Join([]string{belongsTo(&c.Summary, w.engine.Catalog()), look.Moment(c.Received, nil), bytesText(c.Size), summaryWord(&c.Summary)}, " · "),
	}
}

func (w *Window) attemptHeading(c *inspector.Capture, attempt int) diffview.Heading {
	d := c.Deliveries[attempt]
	return diffview.Heading{
		Title: lang.L("Attempt {{.Number}} of {{.Count}}", map[string]any{"Number": attempt + 1, "Count": len(c.Deliveries)}),
		Says:  strings.Join([]string{w.private.text(w.providerOf(c).MaskTarget(inspector.ShownPath(d.Target))), look.Moment(d.Sent, nil), look.Status(d.Status)}, " · "),
	}
}

// openComparison opens the stage and reads and compares away from the UI
// goroutine. Closing the stage breaks that off.
func (w *Window) openComparison(load func(context.Context) (couple, error)) *comparison {
	c := &comparison{window: w, view: diffview.New(), load: load}
	life, stop := context.WithCancel(w.shift)
	c.life = life
	c.sheet = w.openStage(c.view)
	w.compare = c
	remove := c.sheet.closed
	c.sheet.closed = func() {
		stop()
		remove()
		w.compare = nil // with the bodies and the rows
		w.win.Canvas().Focus(w.list.rows)
	}
	c.view.OnClose = c.sheet.close
	c.view.OnReveal = c.run
	c.view.OnFocus = w.win.Canvas().Focus
	c.view.OnKey, c.view.OnRune = w.typedKey, w.typedRune
	if load != nil {
		c.run(false)
	}
	return c
}

// stepComparison goes to the next difference of the open comparison, or to the
// one before, when nothing in it has the keyboard.
func (w *Window) stepComparison(forward bool) {
	if w.compare != nil {
		w.compare.view.Step(forward)
	}
}

// openEmptyComparison opens the stage to say what to do first.
func (w *Window) openEmptyComparison(title, says string) *comparison {
	c := w.openComparison(nil)
	c.view.Say(look.IconList, title, says, nil)
	return c
}

// openUnmarked offers to mark the selected capture, because none is.
func (w *Window) openUnmarked() {
	c := w.openComparison(nil)
	c.view.Say(look.IconList, lang.L("Nothing is marked"), lang.L("Mark one capture, then select another and press D to see both side by side."),
		look.Primary(lang.L("Mark this one"), "", func() {
			c.sheet.close()
			w.mark()
		}))
}

// run reads and compares; reveal shows hidden values.
func (c *comparison) run(reveal bool) {
	c.round++
	round := c.round
	c.view.Wait(lang.L("Both messages are read and compared. Esc breaks it off."))
	var subject diffview.Subject
	c.window.task(func(context.Context) error {
		ctx, stop := context.WithTimeout(c.life, comparingFor)
		defer stop()
		two, err := c.load(ctx)
		if err == nil {
			subject, err = two.compare(ctx, reveal, &c.window.private)
		}
		return err
	}, func(err error) {
		if c.life.Err() != nil || round != c.round {
			return
		}
		if err != nil {
			c.fail(err, reveal)
			return
		}
		c.view.Set(subject)
		c.view.Focus()
	})
}

// fail says why there is no comparison.
func (c *comparison) fail(err error, reveal bool) {
	title, says := lang.L("The two cannot be compared"), lang.L("{{.Reason}} Try again, or close this with Esc.", map[string]any{"Reason": reason(err)})
	again := look.Secondary(lang.L("Try again"), look.IconReplay, func() { c.run(reveal) })
	switch {
	case errors.Is(err, inspector.ErrNotFound):
		again.Hide() // it would fail again
		title, says = lang.L("A capture is gone"), lang.L("It was deleted, or is older than what is kept. Mark another one with M.")
		c.window.setMark(marking{})
	case errors.Is(err, context.DeadlineExceeded):
		says = lang.L("They are so large that comparing them took more than half a minute.")
	case errors.Is(err, inspector.ErrNotKept):
		again.Hide()
		title, says = lang.L("What was sent is not kept"), lang.L("It was edited or signed anew, or its address held a secret. The shop's log has it.")
	}
	c.view.Say(look.IconBang, title, says, again)
}

// compare compares the two; reveal shows hidden values, unless personal data is
// hidden everywhere.
func (two couple) compare(ctx context.Context, reveal bool, private *privacy) (diffview.Subject, error) {
	left, right := two.left, two.right
	hides := detail.Hides(left.Message, two.leftBy) || detail.Hides(right.Message, two.rightBy)
	personal := private.on.Load()
	hides, reveal = hides && !personal, reveal && !personal
	if !reveal {
		left, right = left.Masked(two.leftBy, detail.Credential), right.Masked(two.rightBy, detail.Credential)
	}
	if personal {
		left, right = private.side(left), private.side(right)
	}
	r, err := compare.Of(ctx, left, right)
	return diffview.Subject{Report: r, Left: two.leftIs, Right: two.rightIs, Hides: hides, Shown: reveal}, err
}

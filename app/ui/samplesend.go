package ui

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2/lang"

	"shopbell/app/engine"
	"shopbell/providers/signature"
)

// tallyWait is how often the count of a long run is shown.
const tallyWait = 100 * time.Millisecond

// submit sends what the form asks for.
func (f *sampleForm) submit() {
	if f.send.Disabled() {
		return
	}
	s, err := f.wish()
	var count int
	var rate float64
	if err == nil {
		count, rate, err = f.run.read()
	}
	if err != nil {
		f.say("")
		f.sheet.say(reason(err))
		return
	}
	f.begin(count)
	w, ctx := f.window, context.Context(nil)
	ctx, f.cancel = context.WithCancel(w.shift)
	shown := f.watch()
	var tally engine.Tally
	w.task(func(context.Context) (err error) {
		tally, err = w.engine.SimulateMany(ctx, s, count, rate, shown)
		return err
	}, func(err error) { f.end(tally, err) })
}

// begin shows that something is being sent.
func (f *sampleForm) begin(count int) {
	f.send.Disable()
	f.sheet.say("")
	f.run.begin(count)
	setVisible(f.stop, count > 1)
	f.say(lang.L("Sending…"))
}

// watch returns what takes the counts of a run, from any goroutine, and shows
// the latest now and then.
func (f *sampleForm) watch() func(engine.Tally) {
	var latest atomic.Pointer[engine.Tally]
	var due atomic.Bool
	return func(t engine.Tally) {
		latest.Store(&t)
		if due.CompareAndSwap(false, true) {
			f.window.later(tallyWait, func() {
				due.Store(false)
				if f.cancel != nil {
					f.run.at(latest.Load().Sent+latest.Load().Failed, latest.Load().Count)
				}
			})
		}
	}
}

// halt ends what is being sent.
func (f *sampleForm) halt() {
	if f.cancel != nil {
		f.cancel()
	}
}

// end shows what became of it.
func (f *sampleForm) end(t engine.Tally, err error) {
	f.halt()
	f.cancel = nil
	f.send.Enable()
	f.stop.Hide()
	f.run.end()
	f.window.refresh.refreshNow()
	if errors.Is(err, context.Canceled) {
		err = nil
	}
	if err == nil && t.Sent == 0 {
		err = t.Failure
	}
	f.sheet.say("")
	if err != nil {
		f.say("")
		f.sheet.say(reason(err))
		return
	}
	f.say(tallyWords(t))
}

// tallyWords is the result line.
func tallyWords(t engine.Tally) string {
	if t.Count == 1 && t.Sent == 1 {
		for status := range t.Statuses {
			return lang.L("Sent. The sender was answered {{.Status}}.", map[string]any{"Status": status})
		}
	}
	lines := []string{lang.L("{{.Sent}} of {{.Count}} sent in {{.Seconds}} s.", map[string]any{
		"Sent": t.Sent, "Count": t.Count, "Seconds": fmt.Sprintf("%.1f", t.Took.Seconds()),
	})}
	if verdicts := verdictCounts(t.Outcomes); verdicts != "" {
		lines = append(lines, lang.L("Verdicts: {{.List}}.", map[string]any{"List": verdicts}))
	}
	if statuses := statusCounts(t.Statuses); statuses != "" {
		lines = append(lines, lang.L("Answers: {{.List}}.", map[string]any{"List": statuses}))
	}
	if t.Failed > 0 {
		lines = append(lines, lang.L("{{.Count}} got no answer: {{.Why}}", map[string]any{"Count": t.Failed, "Why": reason(t.Failure)}))
	}
	return strings.Join(lines, " ")
}

func verdictCounts(counts map[signature.Outcome]int) string {
	var words []string
	for _, o := range slices.Sorted(maps.Keys(counts)) {
		words = append(words, fmt.Sprintf("%d × %s", counts[o], outcomeWord(o, signature.CoverBody)))
	}
	return strings.Join(words, ", ")
}

func statusCounts(counts map[int]int) string {
	var words []string
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		words = append(words, fmt.Sprintf("%d × %d", counts[status], status))
	}
	return strings.Join(words, ", ")
}

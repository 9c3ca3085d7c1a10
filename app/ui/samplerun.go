package ui

import (
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/engine"
	"shopbell/app/ui/look"
)

// sampleRun is how often and how fast samples are sent, and how far it has come.
type sampleRun struct {
	count, rate *entry
	fresh       *widget.Check
	bar         *widget.ProgressBar
	content     *fyne.Container
}

func newSampleRun(s *sheet) *sampleRun {
	r := &sampleRun{count: newEntry(s, "1", "1"), rate: newEntry(s, "10", "10"), bar: widget.NewProgressBar()}
	r.fresh = widget.NewCheck(lang.L("Each with a delivery id of its own"), nil)
	r.bar.Hide()
	r.content = look.Column(8, container.New(thirds{gap: 14, least: 180},
		newField(lang.L("How often"), r.count, lang.L("1 to {{.Most}}", map[string]any{"Most": engine.MaxVolley})).content,
		newField(lang.L("How many a second"), r.rate, lang.L("up to {{.Most}}", map[string]any{"Most": engine.MaxVolleyRate})).content), r.fresh)
	return r
}

// read is what was typed.
func (r *sampleRun) read() (count int, rate float64, err error) {
	count, err = strconv.Atoi(strings.TrimSpace(r.count.Text))
	if err != nil || count < 1 || count > engine.MaxVolley {
		return 0, 0, errors.New(lang.L("How often is a number from 1 to {{.Most}}.", map[string]any{"Most": engine.MaxVolley}))
	}
	rate, err = strconv.ParseFloat(strings.TrimSpace(r.rate.Text), 64)
	if err != nil || !(rate > 0 && rate <= engine.MaxVolleyRate) {
		return 0, 0, errors.New(lang.L("How many a second is a number above 0 and up to {{.Most}}.", map[string]any{"Most": engine.MaxVolleyRate}))
	}
	return count, rate, nil
}

func (r *sampleRun) begin(count int) {
	r.at(0, count)
	setVisible(r.bar, count > 1)
}

func (r *sampleRun) at(done, count int) { r.bar.SetValue(float64(done) / float64(max(count, 1))) }

func (r *sampleRun) end() { r.bar.Hide() }

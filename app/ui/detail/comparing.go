package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// comparing are the buttons that show an attempt beside what it can be compared
// with.
func (r *response) comparing(c inspector.Capture, attempt int) []fyne.CanvasObject {
	var links []fyne.CanvasObject
	if r.actions.CompareSent != nil {
		links = append(links, look.Quiet(lang.L("Compare received and sent"), "", func() { r.actions.CompareSent(c, attempt) }))
	}
	if r.actions.CompareAnswers != nil && attempt > 0 {
		links = append(links, look.Quiet(lang.L("Compare with the answer before"), "", func() { r.actions.CompareAnswers(c, attempt-1, attempt) }))
	}
	return links
}

package ui

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/oklog/ulid/v2"

	"shopbell/app/ui/look"
	"shopbell/inspector"
)

// clearPage is how many captures are read and deleted at a time.
const clearPage = 500

// tellEvery is how often a long deletion tells how far it is.
const tellEvery = 250 * time.Millisecond

// clearSheet deletes what the list shows, after it has said how much that is.
type clearSheet struct {
	window *Window
	sheet  *sheet
	says   *look.Prose
	yes    *look.Button
	ctx    context.Context // ends with the sheet

	scope scope
	query inspector.Query
	typed bool // the user typed a search
	found cleared
}

// cleared is what a list holds that can be deleted.
type cleared struct {
	count int
	ids   []ulid.ULID // the newest, at most one more than undoMost
}

// openClear counts what the list shows and asks whether that should go.
func (w *Window) openClear() *clearSheet {
	c := &clearSheet{window: w, sheet: w.openSheet(lang.L("Clear the list")), says: look.NewProse("", "")}
	if l := w.list.listing; l != nil {
		c.scope, c.query, c.typed = l.scope, l.query, l.typed
	}
	var stop context.CancelFunc
	c.ctx, stop = context.WithCancel(w.shift)
	c.sheet.closed = stop
	c.yes = look.Primary(lang.L("Delete"), "", c.submit)
	c.yes.Disable()
	c.sheet.enter = c.submit
	no := look.Secondary(lang.L("Cancel"), "", c.sheet.close)
	c.say(lang.L("Counting…"))
	c.sheet.fill([]fyne.CanvasObject{c.says}, no, c.yes)
	c.sheet.focus(no)
	var found cleared
	w.task(func(context.Context) (err error) {
		found, err = c.count()
		return err
	}, func(err error) {
		if c.ctx.Err() == nil {
			c.ask(found, err)
		}
	})
	return c
}

func (c *clearSheet) say(text string) {
	c.says.SetText(text)
	setVisible(c.says, text != "")
	if c.sheet.popup.Visible() {
		c.sheet.fit()
	}
}

// each calls do with the captures of the list that are not pinned, page by page.
func (c *clearSheet) each(do func(page []inspector.Summary) error) error {
	before := ulid.ULID{}
	for {
		page, err := c.window.engine.Store().Page(c.ctx, c.query, before, clearPage)
		if err != nil || len(page) == 0 {
			return err
		}
		before = page[len(page)-1].ID
		some := slices.DeleteFunc(page, func(s inspector.Summary) bool { return s.Pinned || !c.scope.holds(&s) })
		if err := do(some); err != nil {
			return err
		}
	}
}

func (c *clearSheet) count() (found cleared, err error) {
	told := time.Now()
	err = c.each(func(page []inspector.Summary) error {
		for i := range page {
			if len(found.ids) <= undoMost {
				found.ids = append(found.ids, page[i].ID)
			}
		}
		found.count += len(page)
		if time.Since(told) > tellEvery {
			told = time.Now()
			c.tell(lang.L("Counting… {{.Count}} so far.", counted(found.count)))
		}
		return nil
	})
	return found, err
}

// tell says how far it is, from another goroutine, while the sheet is open.
func (c *clearSheet) tell(text string) {
	c.window.onUI(func() {
		if c.ctx.Err() == nil {
			c.say(text)
		}
	})
}

// ask says what would go.
func (c *clearSheet) ask(found cleared, err error) {
	c.found = found
	switch {
	case err != nil:
		c.say("")
		c.sheet.say(lang.L("{{.Why}} Nothing was deleted: close this and try again.", map[string]any{"Why": reason(err)}))
	case found.count == 0:
		c.say(lang.L("There is nothing to delete here. Pinned captures stay."))
	default:
		c.say(c.question())
		c.yes.Enable()
	}
}

// question says what would go and whether it could come back.
func (c *clearSheet) question() string {
	values := map[string]any{
		"Count": grouped(c.found.count), "Most": grouped(undoMost), "Name": c.scope.name(), "Minutes": int(inspector.DiscardTime.Minutes()),
	}
	switch many := c.found.count > undoMost; {
	case many && c.typed:
		return lang.L("Captures that match the search, to be deleted for good: {{.Count}}. More than {{.Most}} at once cannot be brought back. Pinned captures stay.", values)
	case many:
		return lang.L("Captures of “{{.Name}}” to be deleted for good: {{.Count}}. More than {{.Most}} at once cannot be brought back. Pinned captures stay.", values)
	case c.typed:
		return lang.L("Captures that match the search, to be deleted: {{.Count}}. Pinned captures stay. For {{.Minutes}} minutes this can be undone.", values)
	}
	return lang.L("Captures of “{{.Name}}” to be deleted: {{.Count}}. Pinned captures stay. For {{.Minutes}} minutes this can be undone.", values)
}

func (c *clearSheet) submit() {
	if c.yes.Disabled() {
		return
	}
	if c.found.count <= undoMost {
		c.sheet.close()
		c.window.discard(c.found.ids)
		return
	}
	c.yes.Disable()
	done := 0
	c.window.task(func(context.Context) error { return c.remove(&done) }, func(err error) {
		if c.ctx.Err() == nil {
			c.sheet.close()
		}
		c.window.afterClearing(done, err)
	})
}

// remove deletes for good, from the newest on, what was counted: what came later
// stays.
func (c *clearSheet) remove(done *int) error {
	told := time.Now()
	return c.each(func(page []inspector.Summary) error {
		var ids []ulid.ULID
		for i := range page {
			if page[i].ID.Compare(c.found.ids[0]) <= 0 {
				ids = append(ids, page[i].ID)
			}
		}
		if err := c.window.engine.Store().Delete(c.ctx, ids...); err != nil {
			return err
		}
		*done += len(ids)
		if time.Since(told) > tellEvery {
			told = time.Now()
			c.tell(lang.L("{{.Done}} of {{.Count}} are deleted. Closing this stops it.", map[string]any{"Done": grouped(*done), "Count": grouped(c.found.count)}))
		}
		return nil
	})
}

// afterClearing says what was deleted for good and shows what is left.
func (w *Window) afterClearing(done int, err error) {
	w.unselect()
	w.relist()
	w.notice.tell(lang.L("{{.Count}} captures deleted for good.", counted(done)))
	if err != nil {
		w.notice.fail(lang.L("Not everything was deleted"), err)
	}
}

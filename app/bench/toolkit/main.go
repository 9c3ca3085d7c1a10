//go:build bench && !headless

// Command toolkit is a window with the toolkit's own list, for the benchmark to
// compare ours with. "toolkit list ROWS" shows so many rows of four texts; H and
// E go to its begin and end, and A inserts a hundred rows at the top ten times a
// second from then on. "toolkit body FILE" shows the lines of a file when O is
// pressed.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

func main() {
	app.SetMetadata(fyne.AppMetadata{ID: "dev.shopbell.bench", Migrations: map[string]bool{"fyneDo": true}})
	a := app.NewWithID("dev.shopbell.bench")
	w := a.NewWindow("toolkit")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1440, 900))
	if err := fill(w, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "toolkit:", err)
		os.Exit(2)
	}
	w.Show()
	a.Run()
}

// fill puts into w what the arguments ask for.
func fill(w fyne.Window, args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("%d arguments, expected list ROWS or body FILE", len(args))
	}
	switch args[0] {
	case "list":
		rows, err := strconv.Atoi(args[1])
		if err != nil {
			return err
		}
		showList(w, rows)
		return nil
	case "body":
		text, err := os.ReadFile(args[1])
		if err != nil {
			return err
		}
		w.SetContent(canvas.NewRectangle(nil))
		w.Canvas().SetOnTypedRune(func(r rune) {
			if r == 'o' {
				w.SetContent(body(string(text)))
			}
		})
		return nil
	}
	return fmt.Errorf("%q, expected list or body", args[0])
}

// showList shows rows captures, the newest first.
func showList(w fyne.Window, rows int) {
	l := widget.NewList(func() int { return rows }, newRow, func(i int, o fyne.CanvasObject) {
		n := rows - i // as it is counted from the oldest one
		texts := o.(*fyne.Container).Objects
		for j, text := range []string{"order.paid", fmt.Sprintf("20:13:%02d.%03d", n/1000%60, n%1000),
			fmt.Sprintf("tweed · verified · %08x…%05d · 1.5 kB", n*7919, n%100000), "200 · 1 ms"} {
			if t := texts[j].(*canvas.Text); t.Text != text {
				t.Text = text
				t.Refresh()
			}
		}
	})
	var arriving atomic.Bool
	w.Canvas().SetOnTypedRune(func(r rune) {
		switch r {
		case 'a':
			arriving.Store(true)
		case 'h':
			l.ScrollToTop()
		case 'e':
			l.ScrollToBottom()
		}
	})
	go func() {
		for range time.Tick(100 * time.Millisecond) {
			if arriving.Load() {
				fyne.Do(func() {
					rows += 100
					if at := l.GetScrollOffset(); at > 0 { // else the rows run away from under the pointer
						l.ScrollToOffset(at + 100*(rowHeight+4))
					}
					l.Refresh()
				})
			}
		}
	}()
	split := container.NewHSplit(l, canvas.NewRectangle(nil))
	split.SetOffset(0.45)
	w.SetContent(split)
}

// rowHeight is in units, without the four that the list puts between rows.
const rowHeight = 52

// newRow is four texts in the places that ours have.
func newRow() fyne.CanvasObject {
	row := container.New(places{})
	for range 4 {
		t := canvas.NewText("", theme.Color(theme.ColorNameForeground))
		t.TextSize = 13
		row.Add(t)
	}
	return row
}

// places puts the texts of a row.
type places struct{}

func (places) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, rowHeight) }

func (places) Layout(texts []fyne.CanvasObject, size fyne.Size) {
	for i, t := range texts {
		t.Move(fyne.NewPos(10+float32(i%2)*(size.Width-120), 6+float32(i/2)*22))
	}
}

// body shows a line a row, the fastest that the toolkit has for large texts.
func body(text string) fyne.CanvasObject {
	lines := strings.Split(text, "\n")
	return widget.NewList(func() int { return len(lines) }, func() fyne.CanvasObject {
		t := canvas.NewText("", theme.Color(theme.ColorNameForeground))
		t.TextStyle.Monospace = true
		return t
	}, func(i int, o fyne.CanvasObject) {
		t := o.(*canvas.Text)
		t.Text = lines[i]
		t.Refresh()
	})
}

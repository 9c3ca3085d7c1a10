package rows

import (
	"fmt"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// The benchmarks run our list and the toolkit's side by side, over a million
// rows of one text, 50 units apart, in a window of 300 by 520 that is drawn by
// the toolkit's software painter.

// contender is a list as a benchmark sees it.
type contender struct {
	name   string
	object fyne.CanvasObject
	// scroll moves the view down, arrive puts rows above it without a jump, offset
	// is how far the view stands from the first row.
	scroll func(units float32)
	arrive func(n int)
	end    func()
	offset func() float64
}

const benchPitch = 50

func ours() contender {
	l := New(func() fyne.CanvasObject { return canvas.NewText("", nil) }, func(i int, o fyne.CanvasObject) {
		o.(*canvas.Text).Text = fmt.Sprint(i)
	})
	l.RowHeight = benchPitch
	l.SetCount(million)
	return contender{
		name: "ours", object: l, scroll: l.ScrollBy, arrive: l.InsertedAbove,
		end:    func() { l.ScrollTo(l.Count() - 1) },
		offset: func() float64 { return l.axis.distance() },
	}
}

func toolkits() contender {
	count := million
	var l *widget.List
	size := fyne.NewSize(0, benchPitch-4) // and 4 of padding
	l = widget.NewList(func() int { return count }, func() fyne.CanvasObject {
		row := canvas.NewText("", nil)
		row.SetMinSize(size)
		return row
	}, func(i int, o fyne.CanvasObject) { o.(*canvas.Text).Text = fmt.Sprint(i) })
	return contender{
		name: "toolkit", object: l,
		scroll: func(units float32) { l.ScrollToOffset(l.GetScrollOffset() + units) },
		arrive: func(n int) {
			count += n
			l.ScrollToOffset(l.GetScrollOffset() + float32(n)*benchPitch)
			l.Refresh()
		},
		end:    l.ScrollToBottom,
		offset: func() float64 { return float64(l.GetScrollOffset()) },
	}
}

// each runs a benchmark for both.
func each(b *testing.B, run func(b *testing.B, c contender, w fyne.Window)) {
	for _, open := range []func() contender{ours, toolkits} {
		c := open()
		b.Run(c.name, func(b *testing.B) {
			a := test.NewTempApp(b)
			a.Settings().SetTheme(look.Light())
			w := a.NewWindow("rows")
			defer w.Close()
			w.SetPadded(false)
			w.SetContent(c.object)
			w.Resize(fyne.NewSize(300, 520))
			run(b, c, w)
		})
	}
}

func BenchmarkFirstPaintOfAMillionRows(b *testing.B) {
	for _, open := range []func() contender{ours, toolkits} {
		b.Run(open().name, func(b *testing.B) {
			a := test.NewTempApp(b)
			a.Settings().SetTheme(look.Light())
			for b.Loop() {
				c := open()
				w := a.NewWindow("rows")
				w.SetPadded(false)
				w.SetContent(c.object)
				w.Resize(fyne.NewSize(300, 520))
				w.Canvas().Capture()
				w.Close()
			}
		})
	}
}

func BenchmarkScrollOfAMillionRowsByOneUnit(b *testing.B) {
	each(b, func(b *testing.B, c contender, _ fyne.Window) {
		c.scroll(10_000_000) // where a float32 still tells single units apart
		for b.Loop() {
			c.scroll(1)
		}
	})
}

// BenchmarkPaintedScroll is the same with the window drawn, and tells how far
// the rows moved for each unit, near the end of the list.
func BenchmarkPaintedScroll(b *testing.B) {
	each(b, func(b *testing.B, c contender, w fyne.Window) {
		c.end()
		before := c.offset()
		for b.Loop() {
			c.scroll(-1)
			w.Canvas().Capture()
		}
		b.ReportMetric((before-c.offset())/float64(b.N), "units/unit")
	})
}

func BenchmarkRefreshOfAMillionRows(b *testing.B) {
	each(b, func(b *testing.B, c contender, _ fyne.Window) {
		c.end()
		for b.Loop() {
			c.object.Refresh()
		}
	})
}

// BenchmarkArrivals is one tenth of a second of 1000 arrivals a second, drawn,
// while the user is further down; core% is the share of a core that takes.
func BenchmarkArrivals(b *testing.B) {
	each(b, func(b *testing.B, c contender, w fyne.Window) {
		c.scroll(100_000)
		for b.Loop() {
			c.arrive(100)
			w.Canvas().Capture()
		}
		b.ReportMetric(100*b.Elapsed().Seconds()/float64(b.N)*10, "core%")
	})
}

// BenchmarkMemoryOfAMillionRows tells what a list holds after a jump through
// all of it, in bytes of the heap.
func BenchmarkMemoryOfAMillionRows(b *testing.B) {
	for _, open := range []func() contender{ours, toolkits} {
		b.Run(open().name, func(b *testing.B) {
			a := test.NewTempApp(b)
			a.Settings().SetTheme(look.Light())
			for b.Loop() {
				before := heap()
				c := open()
				w := a.NewWindow("rows")
				w.SetContent(c.object)
				w.Resize(fyne.NewSize(300, 520))
				for range 100 {
					c.scroll(million * benchPitch / 100)
				}
				b.ReportMetric(float64(heap())-float64(before), "heapbytes")
				w.Close()
			}
		})
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

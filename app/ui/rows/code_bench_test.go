package rows

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/ui/look"
)

// benchBody is indented JSON of about so many bytes, 23 to a line.
func benchBody(size int) []byte {
	var b bytes.Buffer
	b.WriteString("[\n")
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "  {\n    \"id\": %d,\n    \"name\": \"item %d\"\n  },\n", i, i)
	}
	b.WriteString("  0\n]")
	return b.Bytes()
}

// open puts what shows a body into a window and draws a frame; the memory that
// it takes beside the body is reported.
func open(b *testing.B, body []byte, show func(body []byte) fyne.CanvasObject) {
	b.Helper()
	test.NewTempApp(b).Settings().SetTheme(look.Light())
	w := fyne.CurrentApp().NewWindow("body")
	defer w.Close()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1000, 700))
	w.Canvas().Capture()
	var before, after runtime.MemStats
	grown := 0.0
	for b.Loop() {
		b.StopTimer()
		w.SetContent(canvas.NewRectangle(nil))
		runtime.GC()
		runtime.ReadMemStats(&before)
		b.StartTimer()
		o := show(body)
		w.SetContent(o)
		w.Canvas().Capture()
		b.StopTimer()
		runtime.GC()
		runtime.ReadMemStats(&after)
		grown = (float64(after.HeapAlloc) - float64(before.HeapAlloc)) / 1e6
		runtime.KeepAlive(o)
		b.StartTimer()
	}
	b.ReportMetric(grown, "MB-over-bytes")
}

// ourCode is the code view.
func ourCode(body []byte) fyne.CanvasObject {
	v := NewCode()
	v.SetDocument(NewDocument(body, JSON))
	return v
}

// texts is the best that the toolkit has, its List with a canvas.Text for each
// line. Its TextGrid takes over a minute for 10 MB with this driver.
func texts(body []byte) fyne.CanvasObject {
	lines := strings.Split(string(body), "\n")
	return widget.NewList(func() int { return len(lines) }, func() fyne.CanvasObject {
		t := canvas.NewText("", nil)
		t.TextStyle.Monospace = true
		return t
	}, func(i int, o fyne.CanvasObject) {
		t := o.(*canvas.Text)
		t.Text = lines[i]
		t.Refresh()
	})
}

// BenchmarkOpen10MB opens what was formatted before: "indexed" had its lines
// found too, which the pane does off the UI goroutine.
func BenchmarkOpen10MB(b *testing.B) {
	body := benchBody(10_000_000)
	b.Run("ours", func(b *testing.B) { open(b, body, ourCode) })
	b.Run("indexed", func(b *testing.B) {
		d := NewDocument(body, JSON)
		open(b, body, func([]byte) fyne.CanvasObject {
			v := NewCode()
			v.SetDocument(d)
			return v
		})
	})
	b.Run("list", func(b *testing.B) { open(b, body, texts) })
}

// BenchmarkOpenOneLine opens a megabyte on one line. The toolkit's list is given
// 30 kB of it, because its one text takes seconds even so.
func BenchmarkOpenOneLine(b *testing.B) {
	body := bytes.ReplaceAll(benchBody(1_600_000), []byte("\n"), nil)[:1_000_000]
	b.Run("ours", func(b *testing.B) { open(b, body, ourCode) })
	b.Run("list-of-30kB", func(b *testing.B) { open(b, body[:30_000], texts) })
}

func BenchmarkFind10MB(b *testing.B) {
	body := benchBody(10_000_000)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		Find(body, "ITEM 99", nil)
	}
}

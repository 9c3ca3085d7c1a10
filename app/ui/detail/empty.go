package detail

import (
	"fyne.io/fyne/v2"

	"shopbell/app/ui/look"
)

// emptyState says why there is nothing to see and, with a button that may be
// nil, what to do next.
func emptyState(icon look.Icon, title, says string, button *look.Button) fyne.CanvasObject {
	return look.Empty(icon, title, says, button)
}

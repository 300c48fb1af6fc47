// SPDX-License-Identifier: GPL-3.0-or-later
// Tells the scene what pointer and keys do. What it means is decided there.
import QtQuick

Item {
    id: input

    DragHandler {
        id: dragger
        target: null
        acceptedButtons: Qt.LeftButton
        onActiveChanged: {
            if (active) {
                scene.beginDrag(centroid.pressPosition, centroid.modifiers)
                scene.drag(centroid.position)
            } else {
                scene.endDrag()
            }
        }
        onCentroidChanged: if (active) scene.drag(centroid.position)
    }
    PinchHandler {
        target: null
        onScaleChanged: delta => scene.pinch(centroid.position, delta)
    }
    WheelHandler {
        target: null
        acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
        onWheel: event => scene.wheel(Qt.point(event.x, event.y), event.angleDelta, event.pixelDelta)
    }
    TapHandler {
        acceptedButtons: Qt.LeftButton
        onSingleTapped: eventPoint => scene.click(eventPoint.position)
        onDoubleTapped: eventPoint => scene.doubleClick(eventPoint.position)
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: eventPoint => scene.contextMenu(eventPoint.position)
    }
    HoverHandler {
        cursorShape: scene.cursorShape
        onPointChanged: if (hovered) scene.hover(point.position)
        onHoveredChanged: if (!hovered) scene.leave()
    }
    Keys.onPressed: event => event.accepted = scene.key(event.key, event.modifiers)

    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 2
        border.color: palette.highlight
        visible: input.activeFocus
    }
}

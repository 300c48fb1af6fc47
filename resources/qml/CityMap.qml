// SPDX-License-Identifier: GPL-3.0-or-later
// The map and what lies over it, bottom to top. `scene` is a MapScene, set as a context property.
import QtQuick
import QtLocation
import Wardline.Map

Item {
    id: root
    // How many px of the screen a px of the map is: a wall seen from across the room draws everything larger.
    property real magnification: 1

    Item {
        width: root.width / root.magnification
        height: root.height / root.magnification
        scale: root.magnification
        transformOrigin: Item.TopLeft

        Map {
            id: map
            objectName: "map"
            anchors.fill: parent
            plugin: plugin
            color: "transparent"
            copyrightsVisible: false
            maximumZoomLevel: 20
        }
        TileLayer { objectName: "tiles"; anchors.fill: parent; map: map }
        AreaLayer { objectName: "areas"; anchors.fill: parent; map: map }
        DensityLayer { objectName: "density"; anchors.fill: parent; map: map }
        LabelLayer { objectName: "labels"; anchors.fill: parent; map: map }
        ClusterLayer { objectName: "clusters"; anchors.fill: parent; map: map }
        HotSpotLayer { objectName: "hotSpots"; anchors.fill: parent; map: map }
        PinLayer { objectName: "pins"; anchors.fill: parent; map: map }
        SelectionLayer { objectName: "selection"; anchors.fill: parent; map: map }
        SpiderLayer { objectName: "spider"; anchors.fill: parent; map: map }
        FocusLayer { objectName: "focus"; anchors.fill: parent; map: map }
        MapSketch { objectName: "sketch"; anchors.fill: parent }
        MapInput { objectName: "input"; anchors.fill: parent; focus: true }

        // After the Map: a Plugin that dies before its Map makes the Map complain.
        Plugin { id: plugin; name: "itemsoverlay" }
    }
}

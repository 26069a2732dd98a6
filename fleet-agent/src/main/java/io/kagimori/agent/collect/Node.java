package io.kagimori.agent.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node of a tree, the same for XML elements and for members of JSON objects. */
final class Node {
  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final List<Node> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  Node(String name) {
    this.name = name;
  }

  /**
   * What the node is called. Programs that write any object as XML put the property's name into an
   * attribute: {@code <Property Name="LicenseStatus">}, {@code <U4 N="LicenseStatus">}.
   */
  String name() {
    String given = attributes.get("Name");
    given = given == null ? attributes.get("N") : given;
    given = given == null ? attributes.get("NAME") : given;
    return given == null || name.equals("Provider") ? name : given;
  }

  /** The name of the element itself. */
  String element() {
    return name;
  }

  Map<String, String> attributes() {
    return attributes;
  }

  List<Node> children() {
    return children;
  }

  /** The text between the tags, that of children included, at most some thousand characters. */
  String text() {
    return text.toString().strip();
  }

  void append(CharSequence more) {
    if (text.length() < 8_000) {
      text.append(more, 0, Math.min(more.length(), 8_000));
    }
  }

  /** The first child of this name whatever the case, or null. */
  Node child(String wanted) {
    for (Node child : children) {
      if (child.name().equalsIgnoreCase(wanted)) {
        return child;
      }
    }
    return null;
  }

  boolean isLeaf() {
    return children.isEmpty();
  }
}

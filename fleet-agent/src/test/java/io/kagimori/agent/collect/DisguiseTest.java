package io.kagimori.agent.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same output gives the same facts however it was copied, folded, quoted or encoded. */
class DisguiseTest {
  private static final Map<String, UnaryOperator<String>> DISGUISES = new LinkedHashMap<>();

  static {
    DISGUISES.put("folded at 80 columns", text -> fold(text, 80));
    DISGUISES.put("folded at 100 columns", text -> fold(text, 100));
    DISGUISES.put("folded, indented by four", text -> eachLine(fold(text, 80), "    %s"));
    DISGUISES.put("folded and quoted", text -> eachLine(fold(text, 80), "> %s"));
    DISGUISES.put("folded with doubled lines", text -> fold(text, 80).replace("\n", "\n\n"));
    DISGUISES.put("indented by eight", text -> eachLine(text, "        %s"));
    DISGUISES.put("doubled blank lines", text -> text.replace("\n", "\n\n"));
    DISGUISES.put("break tags", text -> text.replace("\n", "<br/>\n"));
    DISGUISES.put("break tags only", text -> text.replace("\n", "<br>"));
    DISGUISES.put("no final newline", String::strip);
    DISGUISES.put("carriage returns", text -> text.replace("\n", "\r\n"));
    DISGUISES.put("old Macintosh line ends", text -> text.replace("\n", "\r"));
    DISGUISES.put("full-width colons", text -> eachLabel(text, "："));
    DISGUISES.put("blank before the colon", text -> eachLabel(text, " : "));
    DISGUISES.put("narrow blank before the colon", text -> eachLabel(text, "\u202F: "));
    DISGUISES.put("no blank behind the colon", text -> eachLabel(text, ":"));
    DISGUISES.put("many blanks behind the colon", text -> eachLabel(text, ":\u00A0\u3000  "));
    DISGUISES.put("mail quotation", text -> eachLine(text, "> %s"));
    DISGUISES.put("twice quoted", text -> eachLine(text, ">> %s"));
    DISGUISES.put("bullets", text -> eachLine(text, "- %s"));
    DISGUISES.put("dots as bullets", text -> eachLine(text, "• %s"));
    DISGUISES.put("Markdown fence", text -> "```text\n" + text + "\n```\n");
    DISGUISES.put(
        "prompt and banner",
        text ->
            "C:\\Windows\\system32>cscript //nologo slmgr.vbs /dlv\n"
                + "Microsoft (R) Windows Script Host Version 5.812\n"
                + "Copyright (C) Microsoft Corporation. All rights reserved.\n\n"
                + text
                + "\nC:\\Windows\\system32>");
    DISGUISES.put("trailing blanks", text -> eachLine(text, "%s   "));
    DISGUISES.put("quoted strings of a list", text -> eachLine(text, "    \"%s\","));
  }

  static Stream<Arguments> disguisedSamples() throws IOException {
    return SamplesTest.listings()
        .flatMap(sample -> DISGUISES.keySet().stream().map(how -> Arguments.of(sample, how)));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("disguisedSamples")
  @DisplayName("A disguised sample gives the same facts")
  void givesTheSameFacts(Path sample, String disguise) throws IOException {
    byte[] plain = Files.readAllBytes(sample);
    String text = new String(plain, StandardCharsets.UTF_8);
    String name = sample.toString();

    Collected disguised =
        Collector.read(name, DISGUISES.get(disguise).apply(text).getBytes(StandardCharsets.UTF_8));

    assertThat(disguised.facts()).isEqualTo(Collector.read(name, plain).facts());
  }

  /** What tables, XML and JSON can bear: their shape has a meaning, so it stays. */
  private static final List<String> GENTLE =
      List.of(
          "indented by eight",
          "doubled blank lines",
          "no final newline",
          "carriage returns",
          "mail quotation",
          "Markdown fence",
          "prompt and banner",
          "trailing blanks");

  static Stream<Arguments> gentlyDisguisedSamples() throws IOException {
    return SamplesTest.others()
        .filter(sample -> !sample.toString().endsWith(".csv"))
        .flatMap(sample -> GENTLE.stream().map(how -> Arguments.of(sample, how)));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("gentlyDisguisedSamples")
  @DisplayName("A gently disguised sample of another kind gives the same facts")
  void givesTheSameFactsOfOtherKinds(Path sample, String disguise) throws IOException {
    givesTheSameFacts(sample, disguise);
  }

  static Stream<Arguments> encodedSamples() throws IOException {
    return SamplesTest.samples()
        .flatMap(
            sample ->
                Stream.of(
                        "UTF-8 with mark",
                        "UTF-16LE with mark",
                        "UTF-16BE with mark",
                        "UTF-16LE",
                        "windows-31j")
                    .map(encoding -> Arguments.of(sample, encoding)));
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("encodedSamples")
  @DisplayName("A sample in another encoding gives the same facts")
  void givesTheSameFactsInAnyEncoding(Path sample, String encoding) throws IOException {
    byte[] plain = Files.readAllBytes(sample);
    String text = new String(plain, StandardCharsets.UTF_8).replace('·', '・');

    Collected read = Collector.read("x", encode(text, encoding));

    assertThat(read.facts()).isEqualTo(Collector.read("x", plain).facts());
  }

  static byte[] encode(String text, String encoding) throws IOException {
    boolean mark = encoding.endsWith(" with mark");
    String charset = encoding.replace(" with mark", "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(((mark ? "\uFEFF" : "") + text).getBytes(Charset.forName(charset)));
    return out.toByteArray();
  }

  private static String eachLine(String text, String format) {
    return Arrays.stream(text.split("\n", -1))
        .map(line -> line.isBlank() ? line : String.format(format, line))
        .collect(Collectors.joining("\n"));
  }

  private static String eachLabel(String text, String colon) {
    return Arrays.stream(text.split("\n", -1))
        .map(line -> line.replaceFirst(" ?: *", colon))
        .collect(Collectors.joining("\n"));
  }

  /** As a console does: breaks at the column, wherever in a word that is. */
  static String fold(String text, int columns) {
    StringBuilder out = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      int used = 0;
      for (int i = 0; i < line.length(); i++) {
        int wide = line.charAt(i) >= 0x1100 ? 2 : 1;
        if (used + wide > columns) {
          out.append('\n');
          used = 0;
        }
        out.append(line.charAt(i));
        used += wide;
      }
      out.append('\n');
    }
    return out.toString();
  }
}

package io.kagimori.esu.domain;

import io.kagimori.contracts.catalogue.EsuRequirement;
import io.kagimori.contracts.event.EsuEnrolmentRequested;
import io.kagimori.contracts.event.EsuRoute;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** An enrolment request step by step; everything a Windows 10 device has is there already. */
public final class Ask {
  String deviceId = "pc";
  String product = "windows-10";
  String edition = "Enterprise";
  String version = "22H2";
  String build = "19045.6456";
  Integer servicePack;
  List<String> updates = List.of("KB5066791", "KB5072653");
  String program;
  String activationId;
  Integer year;
  LocalDate date;
  EsuRoute route = EsuRoute.ONLINE;
  String platform;
  Instant signedInAt;
  EsuEnrolmentRequested.ArcLicense arc;
  String site;
  Boolean activated;

  public static Ask windows10() {
    return new Ask();
  }

  public static Ask windows7() {
    Ask ask = new Ask();
    ask.product = "windows-7";
    ask.edition = "Professional";
    ask.version = null;
    ask.build = "7601";
    ask.servicePack = 1;
    ask.updates = List.of("KB4474419", "KB4490628", "KB4538483", "KB4570673");
    return ask;
  }

  /** A device of any product with all that its program asks for. */
  public static Ask ready(EsuYear year) {
    Ask ask = new Ask();
    ask.product = year.product();
    List<String> editions = year.row().eligibleEditions();
    ask.edition = editions.isEmpty() ? "Any" : editions.getFirst();
    ask.servicePack = 2;
    ask.updates =
        World.PLAN.requirements(year.product(), EsuRequirement.Kind.UPDATE).stream()
            .map(need -> need.accepted().getFirst())
            .toList();
    ask.year = year.year();
    return ask;
  }

  public Ask device(String id) {
    deviceId = id;
    return this;
  }

  public Ask product(String slug) {
    product = slug;
    return this;
  }

  public Ask edition(String id) {
    edition = id;
    return this;
  }

  public Ask version(String name) {
    version = name;
    return this;
  }

  public Ask build(String number) {
    build = number;
    return this;
  }

  public Ask servicePack(Integer number) {
    servicePack = number;
    return this;
  }

  public Ask updates(String... kbs) {
    updates = List.of(kbs);
    return this;
  }

  public Ask updatesUnknown() {
    updates = null;
    return this;
  }

  public Ask program(String id) {
    program = id;
    return this;
  }

  public Ask id(String activation) {
    activationId = activation;
    return this;
  }

  public Ask year(Integer number) {
    year = number;
    return this;
  }

  public Ask date(String day) {
    date = LocalDate.parse(day);
    return this;
  }

  public Ask route(EsuRoute way) {
    route = way;
    return this;
  }

  public Ask platform(String name) {
    route = EsuRoute.PLATFORM;
    platform = name;
    return this;
  }

  public Ask signedIn(String day) {
    signedInAt = World.at(day);
    return this;
  }

  public Ask arc(String license, String state, int cores, int deviceCores) {
    platform("ARC");
    arc =
        new EsuEnrolmentRequested.ArcLicense(
            license, "VIRTUAL", "DATACENTER", state, cores, deviceCores);
    return this;
  }

  public Ask site(String label) {
    site = label;
    return this;
  }

  public Ask activated() {
    activated = true;
    return this;
  }

  public EsuEnrolmentRequested event() {
    return new EsuEnrolmentRequested(
        deviceId,
        product,
        edition,
        version,
        build,
        servicePack,
        updates,
        program,
        activationId,
        year,
        date,
        route,
        platform,
        signedInAt,
        arc,
        null,
        null,
        site,
        null,
        activated);
  }
}

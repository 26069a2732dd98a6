package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.PlatformKind;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.AgreementState;
import io.kagimori.contracts.event.EditionReimageRequested;
import io.kagimori.contracts.event.EditionReimageRequested.Oem;
import io.kagimori.contracts.event.ImageKind;
import io.kagimori.contracts.event.ImageRegistrationRequested;
import io.kagimori.contracts.event.KeyKind;
import io.kagimori.contracts.event.KeyState;
import io.kagimori.contracts.event.ReimageOverrideRequested;
import io.kagimori.contracts.event.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a device may be re-imaged, rule by rule of reimaging_rules.csv. All rules are asked, so
 * that the answer names everything that speaks against it. Pure apart from noting promised seats in
 * the key book.
 */
public final class ReimageRules {
  private static final String SURFACE = "surface";

  private final Products products;
  private final RuleBook rules;

  public ReimageRules(Catalogue catalogue) {
    products = catalogue.products();
    rules = new RuleBook(catalogue.reimagingRules());
  }

  /**
   * A decision and, where it is a yes, what to do.
   *
   * @param ruling the decision
   * @param plan null where the answer is no
   */
  public record Decision(ReimageRuling ruling, ChangePlan plan) {}

  public Decision decide(ReimageCase at, KeyBook book, Instant now) {
    Findings found = new Findings(rules);
    EditionReimageRequested asked = at.asked();
    if (Boolean.FALSE.equals(asked.managed())) {
      found.deny("RUL-18", Reasons.OTHER_ORGANIZATION);
    }
    if (at.image() == null) {
      found.deny("RUL-07", Reasons.IMAGE_UNKNOWN);
      found.note("imageId", asked.imageId());
    } else {
      image(at, found, now);
      sameLicense(asked, at.image().request(), found);
      key(asked, at.image(), book, found);
    }
    support(asked, found);
    // Nobody can answer for an image that is not there.
    Optional<ReimageOverrideRequested> override =
        found.denied() && at.image() != null ? override(at, now) : Optional.empty();
    override.ifPresent(o -> found.lift(o.overrideId(), o.document()));
    ChangePlan plan = !found.denied() ? plan(at, book, found, now) : null;
    return new Decision(
        found.ruling(override.map(ReimageOverrideRequested::overrideId).orElse(null)), plan);
  }

  private void image(ReimageCase at, Findings found, Instant now) {
    Image image = at.image();
    if (!image.isFromOemMedia()) {
      agreement(at.agreement(), found, now);
      found.allow("RUL-07");
      if (image.isSourceUnknown()) {
        found.warn(
            "RUL-07",
            new Warning(Reasons.SOURCE_UNKNOWN, Details.of("source", image.request().source())));
      }
    } else if (isServer(image.request().product())) {
      String consent = at.asked().manufacturerConsent();
      if (consent == null || consent.isBlank() || consent.strip().equalsIgnoreCase("false")) {
        found.deny("RUL-09", Reasons.CONSENT_REQUIRED);
      } else {
        found.condition("RUL-09", Reasons.CONSENT_RECORDED);
        found.note("manufacturerConsent", consent);
      }
      found.warn("RUL-10", new Warning(Reasons.TELEPHONE_IF_LOCKED, Map.of()));
    } else if (isOwnRecovery(at.asked(), image.request())) {
      found.condition("RUL-08", Reasons.RECOVERY_ONLY);
    } else {
      found.deny("RUL-07", Reasons.OEM_IMAGE);
      found.deny("RUL-08", Reasons.OEM_IMAGE);
    }
  }

  /** The right comes from the agreement, never from the media. */
  private void agreement(AgreementState agreement, Findings found, Instant now) {
    if (agreement == null) {
      found.deny("RUL-01", Reasons.NO_AGREEMENT);
      return;
    }
    boolean early = agreement.validFrom() != null && now.isBefore(agreement.validFrom());
    boolean late = agreement.validTo() != null && now.isAfter(agreement.validTo());
    if (early || late) {
      found.deny("RUL-01", Reasons.AGREEMENT_NOT_IN_FORCE);
      return;
    }
    Optional<RuleBook.Program> program = rules.program(agreement.program());
    if (program.isEmpty()) {
      found.deny("RUL-01", Reasons.PROGRAM_NO_REIMAGING);
    } else if (!program.get().grants()) {
      String id = program.get().row().id();
      found.deny(
          id, id.equals("PRG-CSP") ? Reasons.CSP_NO_REIMAGING : Reasons.PROGRAM_NO_REIMAGING);
    } else if (agreement.windowsOrders() < program.get().minimumOrder()) {
      found.deny(program.get().row().id(), Reasons.MIN_ORDER_1);
      found.note("windowsOrders", agreement.windowsOrders());
    } else if (program.get().needsPerson()) {
      found.condition(program.get().row().id(), Reasons.CLAUSE_TO_CONFIRM);
    } else {
      found.allow("RUL-01");
      found.allow(program.get().row().id());
    }
  }

  private boolean isServer(String product) {
    return products
        .find(product)
        .map(Product::platformKind)
        .filter(PlatformKind.SERVER::equals)
        .isPresent();
  }

  private static boolean isOwnRecovery(
      EditionReimageRequested asked, ImageRegistrationRequested image) {
    return Boolean.FALSE.equals(image.modified())
        && asked.maker() != null
        && asked.maker().equalsIgnoreCase(image.maker())
        && asked.model() != null
        && asked.model().equalsIgnoreCase(image.model());
  }

  private void sameLicense(
      EditionReimageRequested asked, ImageRegistrationRequested image, Findings found) {
    Oem license = asked.oem();
    if (license == null || license.product() == null) {
      found.deny("RUL-13", Reasons.LICENSE_MISSING);
      return;
    }
    found.allow("RUL-12");
    if (license.product().equals(image.product())) {
      found.allow("RUL-02");
      found.allow("RUL-03");
    } else if (isServer(license.product()) != isServer(image.product())) {
      found.deny("RUL-02", Reasons.PRODUCT_DIFFERS);
      found.differ("product", license.product(), image.product());
    } else if (asked.versionRight() == null || asked.versionRight().isBlank()) {
      found.deny("RUL-03", Reasons.VERSION_DIFFERS);
      found.differ("product", license.product(), image.product());
    } else {
      found.condition("RUL-03", Reasons.VERSION_RIGHT_RECORDED);
      found.note("versionRight", asked.versionRight());
    }
    if (Editions.same(image.edition(), license.edition())) {
      found.allow("RUL-04");
    } else {
      found.deny("RUL-04", Reasons.EDITION_DIFFERS);
      found.differ("edition", license.edition(), image.edition());
    }
    if (license.language() != null && license.language().equalsIgnoreCase(image.language())) {
      found.allow("RUL-05");
    } else {
      found.deny("RUL-05", Reasons.LANGUAGE_DIFFERS);
      found.differ("language", license.language(), image.language());
      found.note("hint", "change the display language instead");
    }
  }

  private static void key(
      EditionReimageRequested asked, Image image, KeyBook book, Findings found) {
    KeyKind kind =
        asked.keyKind() != null
            ? asked.keyKind()
            : book.byId(image.request().keyId()).map(KeyState::kind).orElse(null);
    boolean single = kind == KeyKind.OEM || kind == KeyKind.RETAIL;
    boolean pairs = kind == null || image.isFromOemMedia() == single;
    if (pairs) {
      found.allow("RUL-11");
    } else {
      found.deny("RUL-11", Reasons.KEY_IMAGE_MISMATCH);
      found.note("keyKind", kind.name());
    }
  }

  private static void support(EditionReimageRequested asked, Findings found) {
    String device = (asked.maker() + " " + asked.model()).toLowerCase(Locale.ROOT);
    String level = device.contains(SURFACE) ? "STRONG" : "NORMAL";
    found.warn("RUL-16", new Warning(Reasons.SUPPORT_RISK, Details.of("level", level)));
  }

  private static Optional<ReimageOverrideRequested> override(ReimageCase at, Instant now) {
    return at.overrides().stream()
        .filter(o -> o.validUntil().isAfter(now))
        .filter(o -> covers(o.deviceId(), at.asked().deviceId()))
        .filter(o -> covers(o.imageId(), at.asked().imageId()))
        .findFirst();
  }

  private static boolean covers(String scope, String name) {
    return scope == null || scope.isBlank() || scope.equals(name);
  }

  private static ChangePlan plan(ReimageCase at, KeyBook book, Findings found, Instant now) {
    EditionReimageRequested asked = at.asked();
    ImageRegistrationRequested image = at.image().request();
    boolean oem = at.image().isFromOemMedia();
    SeatForecast.Seat seat =
        asked.kms() != null || oem
            ? new SeatForecast.Seat(null, List.of())
            : SeatForecast.of(
                book,
                at.device(),
                image.keyId(),
                image.product(),
                image.edition(),
                asked.site(),
                asked.installationId(),
                now);
    seat.warnings().forEach(found::warn);
    return new ChangePlan(
        image.product(),
        asked.oem() == null ? null : asked.oem().edition(),
        image.edition(),
        null,
        image.keyId(),
        image.keyId() == null ? List.of() : Runbook.reimage(image.keyId()),
        true,
        Map.of(),
        seat.warnings(),
        new ChangePlan.Activation(
            image.keyId(),
            seat.poolKeyId(),
            asked.site(),
            asked.installationId(),
            asked.kms(),
            oem ? ImageKind.OEM : ImageKind.VOLUME));
  }

  /** The rules as they are worded now, for telling whether a decision is out of date. */
  public RuleBook book() {
    return rules;
  }
}

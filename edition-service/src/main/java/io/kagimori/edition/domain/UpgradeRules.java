package io.kagimori.edition.domain;

import io.kagimori.contracts.catalogue.Catalogue;
import io.kagimori.contracts.catalogue.DidYouMean;
import io.kagimori.contracts.catalogue.Edition;
import io.kagimori.contracts.catalogue.EditionPath;
import io.kagimori.contracts.catalogue.EditionPath.Support;
import io.kagimori.contracts.catalogue.Product;
import io.kagimori.contracts.catalogue.Products;
import io.kagimori.contracts.event.EditionUpgradeRequested;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether an upgrade can be done and how: guard clauses in one order, the first match refuses. A
 * preflight and the real run ask the same rules. Pure apart from noting promised seats in the key
 * book.
 */
public final class UpgradeRules {
  private final Products products;
  private final EditionWays ways;
  private final UpgradeKeys keys;

  public UpgradeRules(Catalogue catalogue) {
    products = catalogue.products();
    ways = new EditionWays(catalogue.editionPaths());
    keys = new UpgradeKeys(products);
  }

  /**
   * Decides one request.
   *
   * @param device what is known of the device
   * @param running the upgrade that holds the device; null when none does
   * @param book keys the request may need
   * @param preflightRequired whether the policy wants a recorded check beforehand
   * @param now record time
   */
  public UpgradeRuling decide(
      EditionUpgradeRequested asked,
      DeviceEdition device,
      DeviceChange running,
      KeyBook book,
      boolean preflightRequired,
      Instant now) {
    String from =
        spelled(
            asked.product(), asked.fromEdition() == null ? device.edition() : asked.fromEdition());
    Optional<Refusal> refusal =
        known(asked, from)
            .or(() -> device(asked, device, running, from))
            .or(() -> way(asked, device, from))
            .or(() -> preflight(asked, preflightRequired));
    if (refusal.isPresent()) {
      return new UpgradeRuling.Refused(refusal.get());
    }
    String to = spelled(asked.product(), asked.toEdition());
    EditionPath path = ways.find(asked.product(), from, to).orElseThrow();
    UpgradeMethod method = UpgradeMethod.of(path);
    UpgradeKeys.Choice key = keys.choose(asked, to, method, book, now);
    if (key.refusal().isPresent()) {
      return new UpgradeRuling.Refused(key.refusal().get());
    }
    return new UpgradeRuling.Planned(plan(asked, device, path, from, to, key.keyId(), book, now));
  }

  /** An edition as the catalogue spells it; as it was typed where the catalogue has none. */
  private String spelled(String product, String edition) {
    return products
        .find(product)
        .flatMap(known -> known.edition(edition))
        .map(Edition::id)
        .orElse(edition);
  }

  private Optional<Refusal> known(EditionUpgradeRequested asked, String from) {
    Optional<Product> product = products.find(asked.product());
    if (product.isEmpty()) {
      return Optional.of(
          Refusal.of(
              Reasons.UNKNOWN_PRODUCT,
              new Details()
                  .with("product", asked.product())
                  .with(
                      "didYouMean",
                      near(asked.product(), products.all().stream().map(Product::slug).toList()))
                  .map()));
    }
    if (from == null) {
      return Optional.of(Refusal.of(Reasons.FROM_EDITION_UNKNOWN));
    }
    return List.of(from, asked.toEdition()).stream()
        .filter(edition -> product.get().edition(edition).isEmpty())
        .findFirst()
        .map(
            edition ->
                Refusal.of(
                    Reasons.UNKNOWN_EDITION,
                    new Details()
                        .with("edition", edition)
                        .with("didYouMean", near(edition, ids(product.get())))
                        .map()));
  }

  private static List<String> ids(Product product) {
    return product.editions().stream().map(Edition::id).toList();
  }

  private static List<String> near(String typed, List<String> known) {
    List<String> near = DidYouMean.among(typed, known);
    return near.isEmpty() ? null : near;
  }

  private Optional<Refusal> device(
      EditionUpgradeRequested asked, DeviceEdition device, DeviceChange running, String from) {
    if (running != null) {
      return Optional.of(
          Refusal.of(
              Reasons.CHANGE_RUNNING,
              new Details()
                  .with("requestId", running.id().toString())
                  .with("state", running.state().name())
                  .with("toEdition", running.target())
                  .map()));
    }
    String seen = device.edition() == null ? from : device.edition();
    if (Editions.same(seen, asked.toEdition())) {
      return Optional.of(
          new Refusal(
              Reasons.ALREADY_ON_EDITION,
              null,
              Details.of("edition", seen),
              List.of("cscript //Nologo %windir%\\system32\\slmgr.vbs /ato")));
    }
    if (!Editions.same(seen, from)) {
      return Optional.of(
          Refusal.of(
              Reasons.FROM_EDITION_DIFFERS,
              new Details().with("requested", from).with("reported", seen).map()));
    }
    boolean controller = Boolean.TRUE.equals(asked.domainController());
    return controller && ways.isClosedForControllers(asked.product(), from)
        ? Optional.of(
            new Refusal(
                Reasons.BLOCKED_DOMAIN_CONTROLLER,
                null,
                Details.of("edition", from),
                List.of(
                    "promote another server and move the roles to it",
                    "demote this domain controller",
                    "change the edition",
                    "promote it again")))
        : Optional.empty();
  }

  private Optional<Refusal> way(EditionUpgradeRequested asked, DeviceEdition device, String from) {
    String product = asked.product();
    String to = spelled(product, asked.toEdition());
    Optional<EditionPath> path = ways.find(product, from, to);
    Support support = path.flatMap(EditionPath::support).orElse(Support.NO);
    if (support != Support.YES) {
      return Optional.of(closed(product, from, to, path, support));
    }
    UpgradeMethod method = UpgradeMethod.of(path.get());
    if (method == UpgradeMethod.BY_HAND || method == UpgradeMethod.CLEAN_INSTALL) {
      return Optional.of(
          Refusal.of(Reasons.METHOD_NOT_AUTOMATIC, Details.of("method", path.get().method())));
    }
    List<String> offered =
        asked.targetEditions() == null ? device.targetEditions() : asked.targetEditions();
    // Only DISM lists targets; for the other methods the table alone decides.
    boolean listed =
        offered == null
            || method != UpgradeMethod.DISM_SET_EDITION
            || offered.stream().anyMatch(to::equalsIgnoreCase);
    return listed
        ? Optional.empty()
        : Optional.of(
            Refusal.of(Reasons.TARGET_NOT_OFFERED, Details.of("offered", List.copyOf(offered))));
  }

  private Refusal closed(
      String product, String from, String to, Optional<EditionPath> path, Support support) {
    Map<String, Object> detail =
        new Details()
            .with("allowed", ways.openFrom(product, from))
            .with("method", path.map(EditionPath::method).orElse(null))
            .with("notes", path.flatMap(EditionPath::notes).orElse(null))
            .with("source", path.map(EditionPath::source).orElse(null))
            .map();
    String reason;
    if (support == Support.UNCLEAR) {
      reason = Reasons.PATH_NOT_CONFIRMED;
    } else if (support == Support.DISCONTINUED) {
      reason = Reasons.PATH_DISCONTINUED;
    } else if (ways.isDowngrade(product, from, to)) {
      reason = Reasons.DOWNGRADE_NOT_POSSIBLE;
    } else if (Editions.isCore(from) != Editions.isCore(to)) {
      reason = Reasons.CORE_DESKTOP_MISMATCH;
    } else if (Editions.isEvaluation(from)) {
      reason = Reasons.EVAL_TARGET_NOT_POSSIBLE;
    } else {
      reason = path.isPresent() ? Reasons.PATH_NOT_SUPPORTED : Reasons.TARGET_NOT_OFFERED;
    }
    return Refusal.of(reason, detail);
  }

  /** Said not to be done refuses always; not said refuses where the policy wants it said. */
  private static Optional<Refusal> preflight(EditionUpgradeRequested asked, boolean required) {
    boolean incomplete =
        asked.preflightConfirmed() == null ? required : !asked.preflightConfirmed();
    return incomplete
        ? Optional.of(
            new Refusal(
                Reasons.PREFLIGHT_INCOMPLETE,
                null,
                Map.of(),
                List.of("check the requirements", "make a backup", "confirm both and ask again")))
        : Optional.empty();
  }

  private static ChangePlan plan(
      EditionUpgradeRequested asked,
      DeviceEdition device,
      EditionPath path,
      String from,
      String to,
      String keyId,
      KeyBook book,
      Instant now) {
    UpgradeMethod method = UpgradeMethod.of(path);
    SeatForecast.Seat seat =
        asked.kms() == null
            ? SeatForecast.of(
                book,
                device,
                asked.activationKeyId(),
                asked.product(),
                to,
                asked.site(),
                asked.installationId(),
                now)
            : new SeatForecast.Seat(null, List.of());
    Map<String, Object> detail =
        new Details()
            .with("method", method.name())
            .with("setupKeyId", keyId)
            .with("activationKeyId", asked.activationKeyId())
            .with("activationLost", true)
            .with("notes", path.notes().orElse(null))
            .with("source", path.source())
            .map();
    return new ChangePlan(
        asked.product(),
        from,
        to,
        method,
        keyId,
        Runbook.upgrade(method, asked.product(), to, keyId, path.reboot().orElse(true)),
        path.reboot().orElse(true),
        detail,
        seat.warnings(),
        new ChangePlan.Activation(
            asked.activationKeyId(),
            seat.poolKeyId(),
            asked.site(),
            asked.installationId(),
            asked.kms(),
            null));
  }
}

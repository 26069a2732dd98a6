package io.kagimori.contracts.catalogue;

import java.util.List;

/**
 * The facts about volume licensing that Kagimori decides by, read once from the data files on the
 * class path. Immutable; every row keeps where it was read. A wrong row stops loading with file,
 * line and column.
 */
public final class Catalogue {
  private final EditionPaths editionPaths = EditionPaths.load();
  private final Products products = Products.load(editionPaths);
  private final ErrorCodes errorCodes = ErrorCodes.load();
  private final Causes causes = Causes.load(errorCodes);
  private final SlmgrCommands slmgrCommands = SlmgrCommands.load();
  private final KmsRules kmsRules = KmsRules.load();
  private final MakRules makRules = MakRules.load();
  private final LicenseStatuses licenseStatuses = LicenseStatuses.load();
  private final EsuPrograms esuPrograms = EsuPrograms.load(products);
  private final ReimagingRules reimagingRules = ReimagingRules.load();
  private final AvmaKeys avmaKeys = AvmaKeys.load();
  private final KmsHostActivation kmsHostActivation = KmsHostActivation.load();

  private final List<ChecklistStep> checklist = ChecklistStep.load();

  private Catalogue() {}

  /** The catalogue, loaded at the first call. */
  public static Catalogue get() {
    return Holder.CATALOGUE;
  }

  /** Products, editions and setup keys. */
  public Products products() {
    return products;
  }

  /** Ways between editions. */
  public EditionPaths editionPaths() {
    return editionPaths;
  }

  /** Error and state codes. */
  public ErrorCodes errorCodes() {
    return errorCodes;
  }

  /** Causes of failures, with what speaks for and against them. */
  public Causes causes() {
    return causes;
  }

  /** Licensing commands. */
  public SlmgrCommands slmgrCommands() {
    return slmgrCommands;
  }

  /** Rules of activation by KMS. */
  public KmsRules kmsRules() {
    return kmsRules;
  }

  /** Rules of MAKs and of activation by phone. */
  public MakRules makRules() {
    return makRules;
  }

  /** License states and their reasons. */
  public LicenseStatuses licenseStatuses() {
    return licenseStatuses;
  }

  /** Years of Extended Security Updates. */
  public EsuPrograms esuPrograms() {
    return esuPrograms;
  }

  /** Rights and rules of re-imaging. */
  public ReimagingRules reimagingRules() {
    return reimagingRules;
  }

  /** Published keys of automatic virtual machine activation. */
  public AvmaKeys avmaKeys() {
    return avmaKeys;
  }

  /** What KMS host keys activate. */
  public KmsHostActivation kmsHostActivation() {
    return kmsHostActivation;
  }

  /** The guided flow, step by step. */
  public List<ChecklistStep> checklist() {
    return checklist;
  }

  private static final class Holder {
    private static final Catalogue CATALOGUE = new Catalogue();
  }
}

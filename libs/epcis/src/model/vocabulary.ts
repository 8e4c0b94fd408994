/** The closed word lists of CBV 2.0 that may stand bare in JSON. Anything else in such a field is a URI. */

/** Business steps, CBV 2.0, 7.1. */
export const BIZ_STEPS: ReadonlySet<string> = new Set(
  (
    'accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting decommissioning ' +
    'departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing killing loading ' +
    'other packing picking receiving removing repackaging repairing replacing reserving retail_selling sampling ' +
    'sensor_reporting shipping staging_outbound stock_taking stocking storing transporting unloading unpacking void_shipping'
  ).split(' '),
);
/** Dispositions, CBV 2.0, 7.2. */
export const DISPOSITIONS: ReadonlySet<string> = new Set(
  (
    'active available completeness_inferred completeness_verified conformant container_closed container_open damaged ' +
    'destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance ' +
    'mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled ' +
    'reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown'
  ).split(' '),
);
/** Business transaction types, CBV 2.0, 7.3. */
export const BIZ_TRANSACTION_TYPES: ReadonlySet<string> = new Set(
  'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt'.split(' '),
);
/** Source and destination types, CBV 2.0, 7.4. */
export const SOURCE_DESTINATION_TYPES: ReadonlySet<string> = new Set(
  'location owning_party possessing_party'.split(' '),
);
/** Error reasons, CBV 2.0, 7.5. */
export const ERROR_REASONS: ReadonlySet<string> = new Set('did_not_occur incorrect_data'.split(' '));
/** Measurement types of the GS1 Web Vocabulary. */
export const MEASUREMENT_TYPES: ReadonlySet<string> = new Set(
  (
    'AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance AmountOfSubstancePerUnitVolume ' +
    'Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance Conductance Conductivity Count Density ' +
    'Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity ElectricCharge ElectricCurrent ElectricCurrentDensity ' +
    'ElectricFieldStrength Energy Exposure Force Frequency Illuminance Inductance Irradiance KinematicViscosity Length ' +
    'LinearMomentum Luminance LuminousFlux LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass ' +
    'MassConcentration MassFlowRate MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power ' +
    'Pressure RadiantFlux RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume ' +
    'Speed SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux ' +
    'Wavenumber'
  ).split(' '),
);
/** Sensor alert types of the GS1 Web Vocabulary. */
export const SENSOR_ALERT_TYPES: ReadonlySet<string> = new Set('ALARM_CONDITION ERROR_CONDITION'.split(' '));
/** Components of a measurement that has several, CBV 2.0. */
export const COMPONENTS: ReadonlySet<string> = new Set(
  (
    'altitude axial_distance azimuth easting elevation_angle height latitude longitude northing polar_angle spherical_radius ' +
    'x y z'
  ).split(' '),
);

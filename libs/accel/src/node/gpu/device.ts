/// <reference types="@webgpu/types" />

/** The package `webgpu` (Dawn): not installed with the product, some 130 MB; an operator with a GPU adds it. */
interface WebGpuPackage {
  create(flags: string[]): GPU;
  readonly globals: {
    readonly GPUBufferUsage: typeof GPUBufferUsage;
    readonly GPUMapMode: typeof GPUMapMode;
  };
}

export interface OpenedDevice {
  readonly device: GPUDevice;
  /** Vendor and kind, for the operator. */
  readonly description: string;
  readonly usage: typeof GPUBufferUsage;
  readonly mapMode: typeof GPUMapMode;
  /** Why it no longer works; undefined while it does. */
  failure(): Error | undefined;
  close(): void;
}

const PACKAGE = 'webgpu';

/** Opens the first GPU that Dawn finds. @throws Error, with the reason, where there is none. */
export async function openDevice(): Promise<OpenedDevice> {
  let webgpu: WebGpuPackage;
  try {
    webgpu = (await import(PACKAGE)) as WebGpuPackage;
  } catch (error) {
    throw new Error(`the package ${PACKAGE} does not load: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  // Dawn lets go of its devices when this object goes.
  let gpu: GPU | undefined = webgpu.create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw new Error('no GPU was found');
  const { maxStorageBufferBindingSize, maxBufferSize } = adapter.limits;
  const device = await adapter.requestDevice({
    requiredLimits: { maxStorageBufferBindingSize, maxBufferSize },
  });
  let failure: Error | undefined;
  void device.lost.then(({ reason, message }) => {
    failure ??= new Error(`the GPU was lost (${reason}): ${message}`);
  });
  device.addEventListener('uncapturederror', (event) => {
    failure ??= new Error(`the GPU refused its work: ${event.error.message}`);
  });
  const { vendor, architecture, description } = adapter.info;
  return {
    device,
    description: [vendor, architecture, description].filter((part) => part !== '').join(' '),
    usage: webgpu.globals.GPUBufferUsage,
    mapMode: webgpu.globals.GPUMapMode,
    failure: () => failure,
    close() {
      failure ??= new Error('the GPU engine is closed');
      device.destroy();
      gpu = undefined;
    },
  };
}
